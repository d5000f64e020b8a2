using System.Buffers;
using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>The pieces of a part that no container reader has split: host labels, path segments, query values; header values and cookies.</summary>
internal static class RawPieces
{
    private const int Max = 64;
    private static readonly SearchValues<byte> s_urlEnds = SearchValues.Create("./?#&="u8);
    private static readonly SearchValues<byte> s_headerEnds = SearchValues.Create(" \n;,="u8);

    /// <summary>Leaves the pieces with the level, in document order.</summary>
    public static void Find(ReadOnlySpan<byte> input, PartKind part, RangeList pieces)
    {
        pieces.Clear();
        var isUrl = part == PartKind.Url;
        var scheme = isUrl ? input.IndexOf("://"u8) : -1;
        var ends = isUrl ? s_urlEnds : s_headerEnds;
        for (var at = scheme < 0 ? 0 : scheme + 3; at < input.Length && pieces.Count < Max;)
        {
            var length = input[at..].IndexOfAny(ends);
            var end = length < 0 ? input.Length : at + length;

            // What an equals sign follows is a name.
            var isName = end < input.Length && input[end] == '=';
            if (end > at && !isName && Pieces.IsPiece(input[at..end]))
            {
                pieces.Add(at, end);
            }

            at = end + 1;
        }
    }
}
