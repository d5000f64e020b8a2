using System.Numerics;

namespace Postern.Engine.Views;

/// <summary>
/// Finds hexadecimal digits written in delimited groups of two or four, at least sixteen digits in a row. The pattern
/// is looked for within each block and across the middle of each pair of blocks; it is shorter than half a block.
/// </summary>
internal struct HexGroupTracker
{
    private const int Half = 32;
    private ulong _hex;
    private ulong _delimiters;

    public void Add(ulong hex, ulong delimiters, int at, RangeList groups)
    {
        Find((_hex >> Half) | (hex << Half), (_delimiters >> Half) | (delimiters << Half), at - Half, groups);
        Find(hex, delimiters, at, groups);
        _hex = hex;
        _delimiters = delimiters;
    }

    private static void Find(ulong hex, ulong delimiters, int at, RangeList groups)
    {
        // Seven pairs with their delimiters and the eighth pair.
        var pair = hex & (hex >> 1);
        var three = pair & (delimiters >> 2);
        var two = three & (three >> 3);
        var pairs = two & (two >> 6) & (two >> 12) & (three >> 18) & (pair >> 21);
        var four = pair & (pair >> 2);
        var five = four & (delimiters >> 4);
        var fours = five & (five >> 5) & (five >> 10) & (four >> 15);
        var found = pairs | fours;
        if (found != 0)
        {
            var start = at + BitOperations.TrailingZeroCount(found);
            groups.Add(start, start);
        }
    }
}
