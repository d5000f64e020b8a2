using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration;

/// <summary>Compares two configurations by meaning: defaults resolved, order of lists ignored, ranges and wildcards understood.</summary>
public sealed class ConfigDiff
{
    private const string Absent = "(absent)";

    private readonly List<ConfigChange> _changes = [];

    private readonly PosternConfig _before;
    private readonly PosternConfig _after;

    private ConfigDiff(PosternConfig before, PosternConfig after) => (_before, _after) = (before, after);

    /// <summary>Every setting that differs, in the order of the reference page; empty when both mean the same.</summary>
    public static IReadOnlyList<ConfigChange> Compare(PosternConfig before, PosternConfig after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var diff = new ConfigDiff(before, after);
        diff.CompareSections("", PosternConfig.Schema, before, after);
        return diff._changes;
    }

    /// <summary>The changes through which something may pass that did not before.</summary>
    public static IReadOnlyList<ConfigChange> Weakenings(PosternConfig before, PosternConfig after) =>
        [.. Compare(before, after).Where(change => change.Effect == ChangeEffect.Weakens)];

    private void CompareSections(string path, SectionSchema schema, object before, object after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        foreach (var setting in schema.Settings)
        {
            var key = path.Length == 0 ? setting.Key : $"{path}.{setting.Key}";
            var (left, right) = (setting.Get(before), setting.Get(after));
            Compare(key, setting, left, right);
        }
    }

    private void Compare(string key, Setting setting, object left, object right)
    {
        switch (setting.Kind)
        {
            case SectionKind nested:
                CompareSections(key, nested.Schema, left, right);
                break;
            case ItemsKind items:
                CompareItems(key, setting, items, left, right);
                break;
            case OverridesKind:
                CompareOverrides(key, (ConfigOverrides)left, (ConfigOverrides)right);
                break;
            default:
                CompareValues(key, setting, left, right);
                break;
        }
    }

    /// <summary>What one agent had and has, where either differs from everybody: a key that is no longer its own has the value of the top level.</summary>
    private void CompareOverrides(string path, ConfigOverrides before, ConfigOverrides after)
    {
        var (left, right) = (before.ApplyTo(_before), after.ApplyTo(_after));
        foreach (var own in before.Values.Concat(after.Values).DistinctBy(static own => own.Key))
        {
            Compare($"{path}.{own.Key}", own.Setting, own.Of(left), own.Of(right));
        }
    }

    private void CompareValues(string key, Setting setting, object before, object after)
    {
        var kind = setting.Kind;
        if (!kind.Same(before, after))
        {
            var shown = kind.IsSecret && !kind.IsUnset(before) && !kind.IsUnset(after) ? $"{kind.Show(after)}, changed" : kind.Show(after);
            _changes.Add(new(key, kind.Show(before), shown, setting.Judge(before, after), setting.NeedsRestart));
        }
    }

    private void CompareItems(string key, Setting setting, ItemsKind items, object before, object after)
    {
        var old = ItemsKind.Items(before).ToDictionary(items.Identity, StringComparer.OrdinalIgnoreCase);
        foreach (var item in ItemsKind.Items(after))
        {
            var name = items.Identity(item);
            if (old.Remove(name, out var previous))
            {
                CompareSections($"{key}[{name}]", items.Schema, previous, item);
            }
            else
            {
                _changes.Add(new($"{key}[{name}]", Absent, name, EffectOf(setting.Weakens is Weakens.WhenGrown or Weakens.WhenChanged), setting.NeedsRestart));
            }
        }

        foreach (var name in old.Keys)
        {
            _changes.Add(new($"{key}[{name}]", name, Absent, EffectOf(setting.Weakens is Weakens.WhenShrunk or Weakens.WhenChanged), setting.NeedsRestart));
        }
    }

    private static ChangeEffect EffectOf(bool weakens) => weakens ? ChangeEffect.Weakens : ChangeEffect.Strengthens;
}
