using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>
/// Finds the places of rules that have no literal to look for: whole runs of one alphabet, at least so long.
/// It probes every <c>minLength</c>-th byte and looks around only where a probe falls into the alphabet.
/// </summary>
internal sealed class RunSeeker(Alphabet alphabet, int minLength, RunUse[] uses)
{
    public void Scan(ref RuleScan scan)
    {
        var text = scan.Input.Bytes;
        for (var probe = minLength - 1; probe < text.Length;)
        {
            if (!alphabet.Contains(text[probe]))
            {
                probe += minLength;
                continue;
            }

            var start = probe;
            while (start > 0 && alphabet.Contains(text[start - 1]))
            {
                start--;
            }

            var end = probe + 1;
            while (end < text.Length && alphabet.Contains(text[end]))
            {
                end++;
            }

            Offer(ref scan, start, end);
            probe = end + minLength;
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
                g.Key, g.Min(f => f.Run.Min), [.. g.Select(f => new RunUse(f.Rule, f.Run.Ordinal, f.Run.Min, f.Run.Max))])),
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
            uses[i] = RunUse.Read(reader);
        }

        return new RunSeeker(alphabet, minLength, uses);
    }

    private void Offer(ref RuleScan scan, int start, int end)
    {
        foreach (var use in uses)
        {
            if (end - start >= use.Min && end - start <= use.Max)
            {
                scan.Try(new Anchor(use.Rule, use.Ordinal, start, end));
            }
        }
    }
}
