using Postern.Engine.Detection;
using Postern.Engine.Detection.Tools.Definitions;

namespace Postern.Engine.Inspection;

/// <summary>A server's list beside what it listed before and what others list.</summary>
internal sealed class ListComparison(IPinStore store)
{
    /// <summary>What is new, what changed, and whose names are too much alike.</summary>
    public void Run(string server, List<Definition> said, bool trustsChanges, Scratch scratch)
    {
        var pins = store.Load(server);
        var trusted = pins.Pins.ToDictionary(static pin => pin.Trusted.Key, static pin => pin.Trusted, StringComparer.Ordinal);
        var confidence = trustsChanges ? Confidence.Low : Confidence.Certain;
        var isKnown = said.Exists(one => trusted.Keys.Any(key => Kind(key) == Kind(one.Key)));
        foreach (var one in said)
        {
            if (!trusted.TryGetValue(one.Key, out var before))
            {
                if (isKnown)
                {
                    Report(scratch, DefinitionRules.Added, Confidence.Low, Place(one.Key));
                }
            }
            else if (before.Text != one.Text)
            {
                Report(scratch, DefinitionRules.Changed, confidence, Place(one.Key), DefinitionDiff.Summary(before, one));
            }
        }

        if (trusted.Count + said.Count(one => !trusted.ContainsKey(one.Key)) > ServerPins.Max)
        {
            Report(scratch, DefinitionRules.Uncomparable, Confidence.Certain, "result$");
        }

        Names(server, said, scratch);
    }

    /// <summary>What is wrong with the list by itself.</summary>
    public static void ReportShapes(DefinitionReader found, Scratch scratch)
    {
        if (found.IsCut)
        {
            Report(scratch, DefinitionRules.Uncomparable, Confidence.Certain, "result$");
        }

        foreach (var doubled in found.Doubled.Distinct())
        {
            Report(scratch, DefinitionRules.Doubled, Confidence.High, Place(doubled));
        }

        foreach (var parameter in found.Greedy)
        {
            Report(scratch, DefinitionRules.Parameter, Confidence.Medium, Place(parameter));
        }
    }

    /// <summary>Names that look like others, in the list and in the lists of other servers.</summary>
    private void Names(string server, List<Definition> said, Scratch scratch)
    {
        var known = new Dictionary<string, (string Name, bool IsHere)>(StringComparer.Ordinal);
        foreach (var other in store.LoadAll().Where(pins => pins.Server != server).SelectMany(static pins => pins.Pins).Where(static pin => pin.Trusted.IsTool))
        {
            known.TryAdd(NameSkeleton.Of(other.Trusted.Name), (other.Trusted.Name, false));
        }

        foreach (var tool in said.Where(static one => one.IsTool))
        {
            var isDisguised = NameSkeleton.IsDisguised(tool.Name);
            if (known.TryGetValue(NameSkeleton.Of(tool.Name), out var other) && other.Name != tool.Name)
            {
                // In plain letters it may be the custom of another author; in disguise nothing explains it.
                Report(scratch, DefinitionRules.LookAlike, isDisguised || NameSkeleton.IsDisguised(other.Name) ? Confidence.High : Confidence.Low, Place(tool.Key));
            }
            else if (isDisguised)
            {
                Report(scratch, DefinitionRules.LookAlike, Confidence.High, Place(tool.Key));
            }
            else if (other.Name == tool.Name && !other.IsHere)
            {
                Report(scratch, DefinitionRules.Shadowing, Confidence.Medium, Place(tool.Key));
            }

            known.TryAdd(NameSkeleton.Of(tool.Name), (tool.Name, true));
        }
    }

    private static string Kind(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];

    private static string Place(string key)
    {
        const int MaxName = 100;
        var name = DefinitionDiff.Name(key);
        return "definition " + (name.Length > MaxName ? name[..MaxName] : name);
    }

    /// <summary>One more finding, unless there are enough that may be argued about.</summary>
    public static void Report(Scratch scratch, Rule rule, Confidence confidence, string where, string? detail = null)
    {
        if (scratch.Findings.Count < Findings.Max || confidence == Confidence.Certain)
        {
            scratch.Findings.Add(Finding.At(where, rule, confidence, detail));
        }
    }
}
