using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Views;

/// <summary>Finds, 64 bytes at a time, where a text has long words and tokens, lists of numbers and runs of base58.</summary>
internal static class RunGate
{
    // Members by lower nibble, as bits of the upper one: tab, line feed, form feed, carriage return, blank.
    private static readonly Vector128<byte> s_blanks = Vector128.Create((byte)4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0);

    // Digits, white space, comma, hyphen and semicolon.
    private static readonly Vector128<byte> s_numbers = Vector128.Create((byte)12, 8, 8, 8, 8, 8, 8, 8, 8, 9, 1, 8, 4, 5, 0, 0);

    // Letters, digits and + / - _ =.
    private static readonly Vector128<byte> s_tokens = Vector128.Create((byte)168, 248, 248, 248, 248, 248, 248, 248, 248, 248, 240, 84, 80, 92, 80, 116);

    // Digits without 0, letters without I, O and l.
    private static readonly Vector128<byte> s_base58 = Base58Decoder.Table();

    /// <summary>Leaves the runs with the level.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, Level level)
    {
        level.Words.Clear();
        level.Numbers.Clear();
        level.Tokens.Clear();
        level.Base58Runs.Clear();
        var words = default(RunTracker);
        var numbers = default(RunTracker);
        var tokens = default(RunTracker);
        var base58 = default(RunTracker);
        Span<byte> tail = stackalloc byte[TextBlock.Bytes];
        var at = 0;
        for (; at < bytes.Length; at += TextBlock.Bytes)
        {
            scoped var rest = bytes[at..];
            if (rest.Length < TextBlock.Bytes)
            {
                tail.Fill((byte)' ');
                rest.CopyTo(tail);
                rest = tail;
            }

            var block = TextBlock.At(ref MemoryMarshal.GetReference(rest));
            words.Add(~block.Members(s_blanks), at, level.Words);
            numbers.Add(block.Members(s_numbers), at, level.Numbers);
            tokens.Add(block.Members(s_tokens), at, level.Tokens);
            base58.Add(block.Members(s_base58), at, level.Base58Runs);
        }

        words.Finish(at, level.Words);
        numbers.Finish(at, level.Numbers);
        tokens.Finish(at, level.Tokens);
        base58.Finish(at, level.Base58Runs);
        level.Words.Clamp(bytes.Length);
        level.Numbers.Clamp(bytes.Length);
    }
}
