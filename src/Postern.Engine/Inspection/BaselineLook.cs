using System.Collections.Concurrent;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring.Tools.Baseline;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Inspection;

/// <summary>
/// Calls compared with those that were usual when a person locked the baseline; until then they are observed. What passed is remembered, so that
/// a usual call costs no look into the store, and an unusual one always looks again: a lock holds at once, in every process.
/// </summary>
internal sealed class BaselineLook(IPinStore store)
{
    /// <summary>Servers whose baselines are remembered; a forgotten one is read again.</summary>
    private const int MaxRemembered = 1000;

    private readonly ConcurrentDictionary<string, ServerPins> _known = new(StringComparer.Ordinal);

    /// <summary>Judges the calls in the scratch.</summary>
    public void Run(Exchange exchange, Scratch scratch)
    {
        if (exchange.Policy.Policy.Baseline is not { } deviates || scratch.Shapes.Count == 0)
        {
            return;
        }

        var server = DefinitionLook.ServerOf(exchange, scratch);
        try
        {
            foreach (var shape in scratch.Shapes)
            {
                if (!IsUsual(server, shape))
                {
                    Report(scratch, BaselineRules.Deviation, deviates, CallSummary.Printable(shape.Tool));
                }
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            Report(scratch, BaselineRules.Lost, Confidence.Certain, null);
        }
    }

    /// <summary>Observes what passed.</summary>
    /// <returns>Null, or the finding that refuses the call because its baseline cannot be kept.</returns>
    public Finding? Conclude(Exchange exchange, Scratch scratch) =>
        exchange.Policy.Policy.Baseline is null || scratch.Shapes.Count == 0 ? null : Observe(DefinitionLook.ServerOf(exchange, scratch), scratch);

    private Finding? Observe(string server, Scratch scratch)
    {
        try
        {
            foreach (var shape in scratch.Shapes.Where(shape => !Baselines.Covers(Remembered(server), shape)))
            {
                store.Update(server, pins => Remember(Baselines.With(pins, shape)));
            }

            return null;
        }
        catch (Exception e) when (IsLoss(e))
        {
            Report(scratch, BaselineRules.Lost, Confidence.Certain, null);
            return scratch.Findings[^1];
        }
    }

    private bool IsUsual(string server, CallShape shape) => Baselines.Covers(Remembered(server), shape)
        || (Remember(store.Load(server)) is var now && (!Baselines.IsLocked(now) || Baselines.Covers(now, shape)));

    private ServerPins Remembered(string server) => _known.GetValueOrDefault(server) ?? new ServerPins(server, []);

    private ServerPins Remember(ServerPins baseline)
    {
        if (_known.Count >= MaxRemembered)
        {
            _known.Clear();
        }

        return _known[baseline.Server] = baseline;
    }

    private static bool IsLoss(Exception e) => e is IOException or UnauthorizedAccessException or InvalidDataException;

    private static void Report(Scratch scratch, Rule rule, Confidence confidence, string? detail) =>
        scratch.Findings.Add(Finding.At("mcp.tool", rule, confidence, detail));
}
