using System.Text;
using Postern.Engine.Views;

namespace Postern.Fuzz.Targets;

/// <summary>Taking out padding: never longer, the same again, and the same in however small a room.</summary>
internal sealed class BorderTarget : IFuzzTarget
{
    public string Name => "filler";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. ((string[])["a \u200b\u0301 b\r\n\u3000c", "\ufe0f\ufe0f\ufe0f\ufe0fx\U000e0100", "e\u0301\u0301", "\u0915\u094d\u0937"]).Select(Encoding.UTF8.GetBytes)];

    public void Run(ReadOnlySpan<byte> input)
    {
        var once = Squeeze(input, input.Length + Filler.MinRoom);
        BrokenInvariantException.Unless(once.Length <= 2 * input.Length, "squeezing does not blow up");
        BrokenInvariantException.Unless(Squeeze(once, once.Length + Filler.MinRoom).AsSpan().SequenceEqual(once), "squeezing twice changes nothing");
        BrokenInvariantException.Unless(Squeeze(input, Filler.MinRoom).AsSpan().SequenceEqual(once), "a small room changes nothing");
        var letters = 0;
        foreach (var one in input)
        {
            letters += one is > (byte)' ' and < 0x7F ? 1 : 0;
        }

        foreach (var one in once)
        {
            letters -= one is > (byte)' ' and < 0x7F ? 1 : 0;
        }

        BrokenInvariantException.Unless(letters == 0, "no visible character of ASCII is lost");
    }

    private static byte[] Squeeze(ReadOnlySpan<byte> input, int room)
    {
        var result = new List<byte>();
        var into = new byte[room];
        var run = FillerRun.None;
        while (!input.IsEmpty)
        {
            result.AddRange(into.AsSpan(0, Filler.Squeeze(ref input, into, result.Count > 0 ? result[^1] : (byte)0xFF, ref run)));
        }

        return [.. result];
    }
}
