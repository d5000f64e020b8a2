using System.Text;
using Postern.Engine.Detection.Matching;

namespace Postern.Engine.Detection.Rules;

/// <summary>Who uses which literal: the uses in one array, and where each literal's begin.</summary>
internal sealed class LiteralUses(int[] starts, LiteralUse[] uses)
{
    public ReadOnlySpan<LiteralUse> Of(int literalId) => uses.AsSpan(starts[literalId]..starts[literalId + 1]);

    /// <summary>The distinct literals of all rules, numbered from 0, and their uses.</summary>
    public static LiteralUses Collect(CompiledRule[] rules, out Literal[] literals)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var found = new List<Literal>();
        var usesOf = new List<List<LiteralUse>>();
        for (var rule = 0; rule < rules.Length; rule++)
        {
            var wanted = rules[rule].Matcher.Literals;
            for (var ordinal = 0; ordinal < wanted.Length; ordinal++)
            {
                var (bytes, ignoreCase, edges) = wanted[ordinal];
                var key = (ignoreCase ? "i" : "x") + Encoding.Latin1.GetString(bytes);
                if (known.TryAdd(key, found.Count))
                {
                    found.Add(new Literal(found.Count, bytes, ignoreCase));
                    usesOf.Add([]);
                }

                usesOf[known[key]].Add(new LiteralUse(rule, ordinal, bytes.Length, edges));
            }
        }

        literals = [.. found];
        var starts = new int[usesOf.Count + 1];
        for (var i = 0; i < usesOf.Count; i++)
        {
            starts[i + 1] = starts[i] + usesOf[i].Count;
        }

        return new LiteralUses(starts, [.. usesOf.SelectMany(u => u)]);
    }

    public void Write(BinaryWriter writer)
    {
        writer.WriteMany(starts, static (to, start) => to.Write((ushort)start));
        writer.WriteEach(uses, static (to, use) => use.Write(to));
    }

    public static LiteralUses Read(BinaryReader reader)
    {
        var read = reader.ReadMany(static from => (int)from.ReadUInt16());
        return new LiteralUses(read, reader.ReadEach(read[^1], LiteralUse.Read));
    }
}
