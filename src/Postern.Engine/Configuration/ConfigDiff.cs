using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration;

/// <summary>Compares two configurations by meaning: defaults resolved, order of lists ignored, ranges and wildcards understood.</summary>
public sealed class ConfigDiff
{
    private const string Absent = "(absent)";

    private readonly List<ConfigChange> _changes = [];

    private ConfigDiff()
    {
    }

    /// <summary>Every setting that differs, in the order of the reference page; empty when both mean the same.</summary>
    public static IReadOnlyList<ConfigChange> Compare(PosternConfig before, PosternConfig after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var diff = new ConfigDiff();
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
            switch (setting.Kind)
            {
                case SectionKind nested:
                    CompareSections(key, nested.Schema, left, right);
                    break;
                case ItemsKind items:
                    CompareItems(key, setting, items, left, right);
                    break;
                default:
                    CompareValues(key, setting, left, right);
                    break;
            }
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
                _changes.Add(new($"{key}[{name}]", Absent, name, EffectOf(setting.Weakens == Weakens.WhenGrown), setting.NeedsRestart));
            }
        }

        foreach (var name in old.Keys)
        {
            _changes.Add(new($"{key}[{name}]", name, Absent, EffectOf(setting.Weakens == Weakens.WhenShrunk), setting.NeedsRestart));
        }
    }

    private static ChangeEffect EffectOf(bool weakens) => weakens ? ChangeEffect.Weakens : ChangeEffect.Strengthens;
}
