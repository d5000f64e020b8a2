using System.Text;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>The quick look for spaced letters against a plain reading of the same rule.</summary>
public sealed class SpacedLettersTests
{
    [Fact]
    public void Never_denies_what_a_plain_reading_finds()
    {
        var random = new Random(71);
        var found = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var text = Words(random);
            if (HasSpaced(text))
            {
                found++;
                Assert.True(HasAny(text), $"round {round}: {text}");
            }
        }

        Assert.InRange(found, 2_000, 18_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("an ordinary sentence between longer expressions")]
    [InlineData("nothing separates thisverylongwordwithoutanyblankfromthenextverylongword")]
    public void Denies_ordinary_prose(string text) => Assert.False(HasAny(text));

    [Fact]
    public void Sees_spaced_letters_at_every_offset_of_a_block()
    {
        for (var offset = 0; offset < 200; offset++)
        {
            var text = new string('x', offset) + " A K I A Z 7 Q W E R T Y U I O P L K J H " + new string('y', 200 - offset);
            Assert.True(HasAny(text), $"offset {offset}");
        }
    }

    private static bool HasAny(string text)
    {
        var runs = new RangeList();
        SpacedLetters.Find(Encoding.ASCII.GetBytes(text), runs);
        return runs.Count > 0;
    }

    private static string Words(Random random)
    {
        var text = new StringBuilder(new string('w', random.Next(70)));
        var longest = random.Next(3, 8);
        for (var words = random.Next(40); words > 0; words--)
        {
            text.Append(" \t\n\r"[random.Next(4)]).Append('w', random.Next(1, longest));
        }

        return text.ToString();
    }

    // Four or more words of at most four characters in a row, one blank between them, with at least sixteen characters.
    private static bool HasSpaced(string text)
    {
        var (words, characters) = (0, 0);
        foreach (var word in text.Split(' ', '\t', '\n', '\r'))
        {
            (words, characters) = word.Length is > 0 and <= 4 ? (words + 1, characters + word.Length) : (0, 0);
            if (words >= 4 && characters >= 16)
            {
                return true;
            }
        }

        return false;
    }
}
