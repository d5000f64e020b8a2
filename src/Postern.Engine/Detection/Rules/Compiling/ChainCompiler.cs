using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Compiles <c>chain: {steps, gap, seconds, same_file}</c>.</summary>
internal static class ChainCompiler
{
    private const int MaxSeconds = 86_400;

    public static ChainMatcher? Compile(MapReader body)
    {
        var steps = body.Texts("steps", required: true);
        var hasGap = body.Node("gap") is not null;
        var hasSeconds = body.Node("seconds") is not null;
        var gap = body.Whole("gap", 0, 0, CallHistory.Capacity);
        var seconds = body.Whole("seconds", 0, 1, MaxSeconds);
        var sameFile = body.Flag("same_file");
        if (steps.Count is < 2 or > ChainMatcher.MaxSteps || steps.Find(s => CallWords.Category(s) == CallKinds.None) is not null)
        {
            body.Error(body.Map, $"'steps' are 2 to {ChainMatcher.MaxSteps} of: {string.Join(", ", CallWords.Categories.Select(c => c.Name))}");
            return null;
        }

        return new ChainMatcher([.. steps.Select(CallWords.Category)])
        {
            Gap = hasGap ? gap : null,
            Seconds = hasSeconds ? seconds : null,
            SameFile = sameFile,
        };
    }
}
