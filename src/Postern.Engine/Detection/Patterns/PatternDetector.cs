using System.Buffers;
using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Patterns;

/// <summary>Looks for the configuration's own patterns. Text is widened as Latin-1, so that offsets are byte offsets.</summary>
internal sealed class PatternDetector(UserPattern[] patterns) : IDetector
{
    /// <inheritdoc/>
    public void Detect(scoped in View view, HitList hits)
    {
        var chars = ArrayPool<char>.Shared.Rent(view.Bytes.Length);
        try
        {
            var text = chars.AsSpan(0, Encoding.Latin1.GetChars(view.Bytes, chars));
            foreach (var pattern in patterns)
            {
                if (pattern.Rule.Category == RuleCategory.Injection && view.Direction == Direction.Outbound)
                {
                    continue;
                }

                foreach (var match in pattern.Regex.EnumerateMatches(text))
                {
                    if (pattern.Accepts(view.Bytes.Slice(match.Index, match.Length)))
                    {
                        hits.Add(pattern.Rule, match.Index, match.Length);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }
}
