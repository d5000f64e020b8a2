using System.Text;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Tests.Detection.Shapes;

public sealed class RunMemoTests
{
    [Fact]
    public void It_answers_as_a_plain_scan_would()
    {
        var random = new Random(3);
        Assert.True(Alphabet.TryNamed("hex", out var hex));
        Assert.True(Alphabet.TryNamed("letters", out var letters));
        for (var round = 0; round < 200; round++)
        {
            var text = Encoding.ASCII.GetBytes(new string(Enumerable.Range(0, 200).Select(_ => "abcdef0123xyz  "[random.Next(15)]).ToArray()));
            var input = new ScanInput(text);
            for (var i = 0; i < 300; i++)
            {
                var (alphabet, start, limit) = (random.Next(2) == 0 ? hex : letters, random.Next(200), random.Next(1, 60));
                var plain = start;
                while (plain < Math.Min(200, start + limit) && alphabet.Contains(text[plain]))
                {
                    plain++;
                }

                Assert.Equal(plain, input.RunEnd(alphabet, start, limit));
            }
        }
    }

    [Fact]
    public void Asking_again_inside_a_known_run_costs_next_to_nothing()
    {
        Assert.True(Alphabet.TryNamed("hex", out var hex));
        var input = new ScanInput(new byte[100_000].Select(_ => (byte)'a').ToArray());
        for (var i = 0; i < 50_000; i++)
        {
            input.RunEnd(hex, i, 4096);
        }

        Assert.InRange(input.Work, 1, 250_000);
    }
}
