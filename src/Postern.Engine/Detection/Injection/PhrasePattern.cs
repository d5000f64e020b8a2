using System.Numerics;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Injection;

/// <summary>
/// A sequence of choices and gaps around one choice that is searched for. All ways to place the gaps are followed at once,
/// as bits of one word, so the cost is bounded by the length of the pattern.
/// </summary>
internal sealed class PhrasePattern(PhraseElement[] elements, int anchor)
{
    public ReadOnlySpan<PhraseElement> Elements => elements;

    public int AnchorIndex => anchor;

    public PhraseElement Anchor => elements[anchor];

    /// <summary>Matches from the anchor at unit 0 to the right; says after how many units it ends.</summary>
    public bool TryForward(ref PhraseUnits units, out int length)
    {
        var ends = 1UL;
        for (var i = anchor; i < elements.Length && ends != 0; i++)
        {
            ends = Step(elements[i], ends, ref units, backward: false);
        }

        length = BitOperations.TrailingZeroCount(ends);
        return ends != 0;
    }

    /// <summary>Matches what stands before the anchor, to the left; says how many units it takes.</summary>
    public bool TryBackward(ref PhraseUnits units, out int length)
    {
        var ends = 1UL;
        for (var i = anchor - 1; i >= 0 && ends != 0; i--)
        {
            ends = Step(elements[i], ends, ref units, backward: true);
        }

        length = BitOperations.TrailingZeroCount(ends);
        return ends != 0;
    }

    private static ulong Step(PhraseElement element, ulong starts, ref PhraseUnits units, bool backward)
    {
        var ends = 0UL;
        if (element.IsGap)
        {
            for (var width = element.Min; width <= element.Max; width++)
            {
                ends |= starts << width;
            }

            return ends;
        }

        for (var rest = starts; rest != 0; rest &= rest - 1)
        {
            var at = BitOperations.TrailingZeroCount(rest);
            if (!units.TryGet(at, out var nearest) || !element.MayMeet(nearest, backward))
            {
                continue;
            }

            foreach (var choice in element.Choices)
            {
                if (at + choice.Length < PhraseUnits.Capacity && HasAt(choice, at, ref units, backward))
                {
                    ends |= 1UL << (at + choice.Length);
                }
            }
        }

        return element.Min == 0 ? ends | starts : ends;
    }

    private static bool HasAt(PhraseWord[] choice, int at, ref PhraseUnits units, bool backward)
    {
        for (var i = 0; i < choice.Length; i++)
        {
            var word = choice[backward ? choice.Length - 1 - i : i];
            if (!units.TryGet(at + i, out var unit) || !word.Matches(unit))
            {
                return false;
            }
        }

        return true;
    }

    public void Write(BinaryWriter writer)
    {
        writer.WriteFew(elements, static (to, element) => element.Write(to));
        writer.Write((byte)anchor);
    }

    public static PhrasePattern Read(BinaryReader reader) =>
        new(reader.ReadFew(PhraseElement.Read), reader.ReadByte());
}
