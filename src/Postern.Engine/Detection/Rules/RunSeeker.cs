using System.Numerics;
using System.Runtime.Intrinsics;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>The rules that ask for whole runs of one alphabet, because they have no literal to look for.</summary>
internal sealed class RunSeeker(Alphabet alphabet, int minLength, RunUse[] uses)
{
    /// <summary>The alphabet as <see cref="TextBlock.Members"/> takes it.</summary>
    public Vector128<byte> Table { get; } = TableOf(alphabet);

    /// <summary>The shortest run that any of the rules wants.</summary>
    public int MinLength => minLength;

    /// <summary>Where in a mask runs begin, or at least <see cref="MinLength"/> more members follow: the lowest bit is the start of a run.</summary>
    public ulong Starts(ulong members)
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
        foreach (ref readonly var use in uses.AsSpan())
        {
            if (use.Wants(scan.Input.Bytes, start, end))
            {
                scan.Try(new Anchor(use.Rule, use.Ordinal, start, end));
            }
        }
    }

    /// <summary>One seeker per alphabet, for the shortest run that any rule wants of it.</summary>
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
            .. found.GroupBy(f => f.Run.Alphabet).Select(g => new RunSeeker(
                g.Key, g.Min(f => f.Run.Min), [.. g.Select(f => new RunUse(f.Rule, f.Run))])),
        ];
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(alphabet.Low);
        writer.Write(alphabet.High);
        writer.Write((ushort)minLength);
        writer.Write((ushort)uses.Length);
        foreach (var use in uses)
        {
            use.Write(writer);
        }
    }

    public static RunSeeker Read(BinaryReader reader)
    {
        var alphabet = new Alphabet(reader.ReadUInt64(), reader.ReadUInt64());
        var minLength = reader.ReadUInt16();
        var uses = new RunUse[reader.ReadUInt16()];
        for (var i = 0; i < uses.Length; i++)
        {
            uses[i] = RunUse.Read(reader, alphabet);
        }

        return new RunSeeker(alphabet, minLength, uses);
    }

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
