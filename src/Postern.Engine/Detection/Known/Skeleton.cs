using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Known;

/// <summary>Letters and digits alone: what is left of a value however it is cut up, wrapped, quoted or spaced out.</summary>
internal static class Skeleton
{
    private const int Step = sizeof(ulong);

    /// <summary>For each choice among eight bytes, where the chosen ones stand, one behind the other.</summary>
    private static readonly ulong[] s_places = [.. Enumerable.Range(0, 1 << Step).Select(PlacesOf)];

    /// <summary>Copies the letters and digits of <paramref name="text"/> to <paramref name="output"/>, which is at least as long.</summary>
    /// <returns>How many there are.</returns>
    public static int Copy(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var length = 0;
        var at = 0;
        for (; at <= text.Length - Step; at += Step)
        {
            // Eight are written always, and those kept that count: no branch to mispredict, and never beyond what was read.
            var eight = Vector128.CreateScalar(BinaryPrimitives.ReadUInt64LittleEndian(text[at..])).AsByte();
            var chosen = (byte)Alphanumerics(eight).ExtractMostSignificantBits();
            var kept = Vector128.Shuffle(eight, Vector128.CreateScalar(s_places[chosen]).AsByte());
            BinaryPrimitives.WriteUInt64LittleEndian(output[length..], kept.AsUInt64().ToScalar());
            length += BitOperations.PopCount(chosen);
        }

        foreach (var b in text[at..])
        {
            output[length] = b;
            length += Ascii.IsAlphanumeric(b) ? 1 : 0;
        }

        return length;
    }

    /// <summary>Where in the text the letter or digit number <paramref name="index"/> stands.</summary>
    public static int PlaceOf(ReadOnlySpan<byte> text, int index)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (Ascii.IsAlphanumeric(text[at]) && index-- == 0)
            {
                return at;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    private static Vector128<byte> Alphanumerics(Vector128<byte> bytes) =>
        Vector128.LessThanOrEqual((bytes | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a'), Vector128.Create((byte)('z' - 'a')))
        | Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)9));

    private static ulong PlacesOf(int chosen)
    {
        var (places, next) = (0ul, 0);
        for (var bit = 0; bit < Step; bit++)
        {
            if ((chosen & (1 << bit)) != 0)
            {
                places |= (ulong)bit << (Step * next++);
            }
        }

        return places;
    }
}
