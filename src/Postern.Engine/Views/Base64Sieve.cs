using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Postern.Engine.Views;

/// <summary>
/// Rejects short runs without decoding them. A printable byte that begins a group of three comes from a first character
/// of C, D, I to Z or a to f (A for the zero bytes of UTF-16), so twelve printable bytes need four of those, four
/// apart. Words and identifiers, the bulk of all runs, almost never have them. Text beyond ASCII is known by its first
/// bytes being UTF-8.
/// </summary>
internal static class Base64Sieve
{
    /// <summary>The longest run that is sieved; most runs of encoded noise beyond it would pass.</summary>
    public const int MaxLength = 64;

    /// <summary>Every one of the four ways to begin a run.</summary>
    public const int AllWays = 0b1111;

    private const ulong EveryFourth = 0x1111_1111_1111_1111;
    private const int Sample = 16;
    private const int MaxCut = 3;

    /// <summary>Whether a run that may still contain line breaks could decode to text.</summary>
    public static bool MayHoldText(ReadOnlySpan<byte> run)
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        run.CopyTo(padded);
        return Starts(padded, out var hasBreak) != 0 || hasBreak || IsUtf8(run) || IsCompressed(run);
    }

    /// <summary>The ways to begin that could decode to text, as a bit mask over the first four characters.</summary>
    public static int Ways(ReadOnlySpan<byte> characters)
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        characters.CopyTo(padded);
        var starts = Starts(padded, out _);
        var ways = IsUtf8(characters) || IsCompressed(characters) ? 1 : 0;
        for (var way = 0; way < 4; way++)
        {
            ways |= (starts & (EveryFourth << way)) != 0 ? 1 << way : 0;
        }

        return ways;
    }

    // The first bytes of gzip, and of zlib at each of its levels.
    private static bool IsCompressed(ReadOnlySpan<byte> run) =>
        run.StartsWith("H4sI"u8) || (run[0] == 'e' && run[1] is (byte)'A' or (byte)'F' or (byte)'J' or (byte)'N');

    private static ulong Starts(Span<byte> padded, out bool hasBreak)
    {
        ulong firsts = 0;
        var breaks = Vector128<byte>.Zero;
        ref var start = ref MemoryMarshal.GetReference(padded);
        for (var i = 0; i < MaxLength; i += Vector128<byte>.Count)
        {
            var v = Vector128.LoadUnsafe(ref start, (nuint)i);
            var member = In(v, (byte)'I', (byte)'Z') | In(v, (byte)'a', (byte)'f') | In(v, (byte)'C', (byte)'D')
                | Vector128.Equals(v, Vector128.Create((byte)'A'));
            breaks |= Vector128.Equals(v, Vector128.Create((byte)'\n'));
            firsts |= (ulong)member.ExtractMostSignificantBits() << i;
        }

        hasBreak = breaks != Vector128<byte>.Zero;
        var pairs = firsts & (firsts >> 4);
        return pairs & (pairs >> 8);
    }

    private static Vector128<byte> In(Vector128<byte> v, byte first, byte last) =>
        Vector128.LessThanOrEqual(v - Vector128.Create(first), Vector128.Create((byte)(last - first)));

    // Twelve decoded bytes, of which the last character may be cut: noise is UTF-8 for that long once in ten thousand times.
    private static bool IsUtf8(ReadOnlySpan<byte> characters)
    {
        if (characters.Length < Sample + 4)
        {
            return false;
        }

        Span<byte> standard = stackalloc byte[Sample];
        characters[..Sample].Replace(standard, (byte)'-', (byte)'+');
        standard.Replace((byte)'_', (byte)'/');
        Span<byte> decoded = stackalloc byte[Sample / 4 * 3];
        return Base64.DecodeFromUtf8(standard, decoded, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == decoded.Length
            && (Utf8.IsValid(decoded) || Utf8.IsValid(decoded[..^1]) || Utf8.IsValid(decoded[..^2]) || Utf8.IsValid(decoded[..^MaxCut]));
    }
}
