using System.Globalization;

namespace Postern.Program.Migration;

/// <summary>A value of a configuration that is being written: a scalar, a list or a section, each as YAML will have it.</summary>
/// <param name="scalar">The scalar as YAML; empty for the other two.</param>
internal sealed class DraftNode(string scalar = "")
{
    /// <summary>The scalar as YAML.</summary>
    public string Scalar { get; } = scalar;

    /// <summary>The values of a list.</summary>
    public List<DraftNode> Items { get; } = [];

    /// <summary>The keys of a section, in the order in which they came.</summary>
    public List<(string Key, DraftNode Value)> Members { get; } = [];

    /// <summary>What is to be said above it.</summary>
    public string Note { get; set; } = "";

    /// <summary>Where it comes from; an empty key for a default.</summary>
    public (string Key, int Line) Source { get; set; } = ("", 0);

    /// <summary>The value of a key; null when it is not there.</summary>
    public DraftNode? Find(string key) => Members.Find(member => member.Key == key).Value;

    /// <summary>Puts a value at a full key such as <c>agents[0].policy.mode</c>, with the sections and items on the way.</summary>
    public void Set(string path, DraftNode value)
    {
        var steps = Steps(path);
        var at = this;
        foreach (var step in steps[..^1])
        {
            at = at.Step(step) ?? at.Add(step, new DraftNode());
        }

        at.Drop(steps[^1]);
        at.Add(steps[^1], value);
    }

    /// <summary>The value at a full key; items by their number or by the first of their members. Null when it is not there.</summary>
    public DraftNode? Get(string path) => Steps(path).Aggregate((DraftNode?)this, static (at, step) => at?.Step(step));

    /// <summary>Takes out the value at a full key, or what is nearest around it; gives what was taken out and its key, empty for nothing.</summary>
    public (string Key, DraftNode Taken) Remove(string path)
    {
        var steps = Steps(path);
        var (at, known) = (this, new List<DraftNode>());
        foreach (var step in steps)
        {
            if (at.Step(step) is not { } next)
            {
                break;
            }

            known.Add(at);
            at = next;
        }

        if (known.Count == 0)
        {
            return ("", at);
        }

        // What held nothing else is not written at all.
        for (var i = known.Count - 1; i >= 0 && (i == known.Count - 1 || known[i + 1] is { Members.Count: 0, Items.Count: 0 }); i--)
        {
            known[i].Drop(steps[i]);
        }

        return (string.Concat(steps.Take(known.Count).Select(static step => step[0] == '[' ? step : "." + step))[1..], at);
    }

    private static string[] Steps(string path) => path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);

    private DraftNode? Step(string step) => step[0] != '[' ? Find(step) : IndexOf(step) is >= 0 and var index && index < Items.Count ? Items[index] : null;

    private int IndexOf(string step) => int.TryParse(step.AsSpan(1, step.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        ? index
        : Items.FindIndex(item => item.Members.Count > 0 && item.Members[0].Value.Scalar.Trim('"') == step[1..^1]);

    private DraftNode Add(string step, DraftNode value)
    {
        if (step[0] == '[')
        {
            Items.Add(value);
        }
        else
        {
            Members.Add((step, value));
        }

        return value;
    }

    private void Drop(string step)
    {
        if (step[0] != '[')
        {
            Members.RemoveAll(member => member.Key == step);
        }
        else if (IndexOf(step) is >= 0 and var index && index < Items.Count)
        {
            Items.RemoveAt(index);
        }
    }
}
