using System.Numerics;
using System.Runtime.Intrinsics;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>The rules that ask for whole runs of one alphabet, because they have no literal to look for.</summary>
internal sealed class RunSeeker(Alphabet alphabet, int minLength, RunUse[] uses)
{
    /// <summary>One bit each of a word; more rules of one alphabet have another seeker.</summary>
    private const int MaxUses = 32;

    /// <summary>Longer runs are asked about one by one.</summary>
    private const int MaxLength = 255;

    // One bit per use that takes a run of the length, or the byte beside it.
    private readonly uint[] _ofLength = Bits(uses, MaxLength, static (use, length) => use.Wants(length) || (length == MaxLength && use.Run.Max > length));
    private readonly uint[] _before = Bits(uses, EdgeOfText, static (use, b) => Takes(use.Run.Before, b));
    private readonly uint[] _after = Bits(uses, EdgeOfText, static (use, b) => Takes(use.Run.After, b));

    /// <summary>What stands beside a run where the text begins or ends.</summary>
    private const int EdgeOfText = 256;

    /// <summary>The alphabet as <see cref="TextBlock.Members"/> takes it.</summary>
    public Vector128<byte> Table { get; } = TableOf(alphabet);

    /// <summary>The shortest run that any of the rules wants.</summary>
    public int MinLength => minLength;

    /// <summary>Where in a mask runs begin, or at least <see cref="MinLength"/> more members follow: the lowest bit is the start of a run.</summary>
    public ulong Starts(ulong members) => Starts(members, minLength);

    /// <summary>The same for any length.</summary>
    public static ulong Starts(ulong members, int minLength)
    {
        if (BitOperations.PopCount(members) < minLength)
        {
            return 0;
        }

        for (var length = 1; length < minLength;)
        {
            var step = Math.Min(length, minLength - length);
            members &= members >> step;
            length += step;
        }

        return members;
    }

    /// <summary>Offers a run to the rules that want its length and what stands beside it.</summary>
    public void Offer(ref RuleScan scan, int start, int end)
    {
        var text = scan.Input.Bytes;
        var wanted = _ofLength[Math.Min(end - start, MaxLength)]
            & _before[start > 0 ? text[start - 1] : EdgeOfText]
            & _after[end < text.Length ? text[end] : EdgeOfText];
        for (; wanted != 0; wanted &= wanted - 1)
        {
            ref readonly var use = ref uses[BitOperations.TrailingZeroCount(wanted)];
            if (use.Wants(end - start))
            {
                scan.Try(new Anchor(use.Rule, use.Ordinal, start, end));
            }
        }
    }

    /// <summary>A seeker per alphabet (two, if it has very many rules), for the shortest run that any rule wants of it.</summary>
    public static RunSeeker[] Collect(CompiledRule[] rules)
    {
        var found = new List<(RunAnchor Run, int Rule)>();
        for (var rule = 0; rule < rules.Length; rule++)
        {
            foreach (var run in rules[rule].Matcher.Runs)
            {
                found.Add((run, rule));
            }
        }

        return
        [
            .. found.GroupBy(f => f.Run.Alphabet).SelectMany(g => g.Chunk(MaxUses)).Select(g => new RunSeeker(
                g[0].Run.Alphabet, g.Min(f => f.Run.Min), Array.ConvertAll(g, f => new RunUse(f.Rule, f.Run)))),
        ];
    }

    public void Write(BinaryWriter writer)
    {
        alphabet.Write(writer);
        writer.Write((ushort)minLength);
        writer.WriteMany(uses, static (to, use) => use.Write(to));
    }

    public static RunSeeker Read(BinaryReader reader)
    {
        var alphabet = Alphabet.Read(reader);
        var minLength = reader.ReadUInt16();
        var count = reader.ReadUInt16();
        if (count > MaxUses)
        {
            throw new InvalidDataException("A search for runs has too many rules.");
        }

        return new RunSeeker(alphabet, minLength, reader.ReadEach(count, from => RunUse.Read(from, alphabet)));
    }

    private static uint[] Bits(RunUse[] uses, int last, Func<RunUse, int, bool> takes)
    {
        var bits = new uint[last + 1];
        for (var i = 0; i < uses.Length; i++)
        {
            for (var value = 0; value <= last; value++)
            {
                bits[value] |= takes(uses[i], value) ? 1U << i : 0;
            }
        }

        return bits;
    }

    private static bool Takes(Alphabet? beside, int b) => beside is not { } set || (b < EdgeOfText && set.Contains((byte)b));

    private static Vector128<byte> TableOf(Alphabet alphabet)
    {
        Span<byte> table = stackalloc byte[16];
        table.Clear();
        for (byte b = 0; b < 128; b++)
        {
            if (alphabet.Contains(b))
            {
                table[b & 15] |= (byte)(1 << (b >> 4));
            }
        }

        return Vector128.Create<byte>(table);
    }
}
