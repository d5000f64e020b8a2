using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>
/// A regular expression in the non-backtracking engine, built at the first sight of its literal and run only around it.
/// Consecutive windows are joined into chunks that double in size, so that a flood of literals costs one pass over the text.
/// </summary>
internal sealed class RegexMatcher(string pattern, int window, RuleLiteral[] literals) : RuleMatcher
{
    /// <summary>Neither side of a literal is looked at further than this.</summary>
    public const int MaxWindow = 1024;

    private const int MaxChunk = 1 << 16;

    private readonly Lazy<Regex> _regex = new(() => Create(pattern));

    public override MatcherKind Kind => MatcherKind.Regex;

    public override ReadOnlySpan<RuleLiteral> Literals => literals;

    /// <summary>Builds the expression as it will be used.</summary>
    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs backtracking (references, lookaround).</exception>
    public static Regex Create(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public override void Verify(ref RuleScan scan, in Anchor anchor)
    {
        ref var reach = ref scan.ReachOf(anchor.Rule);
        var wanted = Math.Min(scan.Input.Bytes.Length, anchor.End + window);
        if (wanted <= reach.End)
        {
            return;
        }

        var start = Math.Max(0, anchor.Start - window);
        var size = reach.End > start ? Math.Min(MaxChunk, Math.Max(reach.NextChunk, 2 * window)) : 0;
        var end = Math.Min(scan.Input.Bytes.Length, Math.Max(wanted, start + size));
        reach = new RegexReach(end, Math.Max(2 * (end - start), 2 * window));
        Search(ref scan, anchor.Rule, start, end);
    }

    private void Search(ref RuleScan scan, int rule, int start, int end)
    {
        var buffer = ArrayPool<char>.Shared.Rent(end - start);
        var text = buffer.AsSpan(0, end - start);
        Encoding.Latin1.GetChars(scan.Input.Bytes[start..end], text);
        scan.Input.Work += text.Length;
        foreach (var match in _regex.Value.EnumerateMatches(text))
        {
            scan.Report(rule, new MatchedSpan(start + match.Index, start + match.Index + match.Length, Proof.None));
        }

        ArrayPool<char>.Shared.Return(buffer);
    }

    protected override void WriteBody(BinaryWriter writer)
    {
        writer.Write(pattern);
        writer.Write(window);
        writer.WriteLiterals(literals);
    }

    public static RegexMatcher ReadBody(BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadInt32(), reader.ReadLiterals());
}
