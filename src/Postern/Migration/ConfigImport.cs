using Postern.Engine.Yaml;

namespace Postern.Program.Migration;

/// <summary>Walks through a configuration of the reference, and writes down what each key becomes.</summary>
internal sealed class ConfigImport
{
    private readonly KeyTable _table = KeyTable.Own;
    private readonly YamlNode _source;
    private readonly List<KeyFate> _fates = [];

    private ConfigImport(YamlNode source) => _source = source;

    /// <summary>The configuration as far as it is written.</summary>
    public DraftNode Draft { get; } = new();

    /// <summary>What became of every key, in the order of the file; then the defaults.</summary>
    public IReadOnlyList<KeyFate> Fates => _fates;

    /// <summary>Imports a configuration; what comes of it is right.</summary>
    /// <exception cref="ConfigException">Nothing right can be made of it.</exception>
    public static ConfigImport Of(YamlNode source)
    {
        var import = new ConfigImport(source);
        import.Section(source, new Place("", "", "", ""));
        ReferenceDefaults.Write(import);
        Settlement.Reach(import);
        return import;
    }

    /// <summary>The value of a key in the file; null when it is not there.</summary>
    public YamlNode? Find(string key) => key.Split('.').Aggregate((YamlNode?)_source, static (at, step) => at?.Find(step)) is { IsNull: false } found ? found : null;

    /// <summary>Writes a line of the report.</summary>
    public void Say(KeyFate fate) => _fates.Add(fate);

    /// <summary>Takes back that these keys were written, since one of them could not be.</summary>
    public void TakeBack(string key) => _fates.RemoveAll(fate => fate.Fate <= Fate.Changed && (fate.Key == key || fate.Key.StartsWith(key + ".", StringComparison.Ordinal) || fate.Key.StartsWith(key + "[", StringComparison.Ordinal)));

    private void Section(YamlNode section, Place at)
    {
        foreach (var entry in section.Entries)
        {
            Key(entry.Value, at.Under(Terminal.Plain(entry.Key.Text)), entry.Key.Line);
        }
    }

    private void Key(YamlNode value, Place at, int line)
    {
        if ((_table.Find(at.Pattern) ?? (_table.IsSection(at.Pattern + "[]") ? KeyRule.Keep : null)) is { } rule)
        {
            Apply(rule, value, at, line);
        }
        else if (_table.IsSection(at.Pattern) && (value.Kind == YamlKind.Mapping || value.IsNull))
        {
            Section(value, at);
        }
        else
        {
            Say(new KeyFate(at.Shown, line, Fate.Unknown, "", "Pipelock 2.3 has no such key, so nobody knows what it would do"));
        }
    }

    private void Apply(KeyRule rule, YamlNode value, Place at, int line)
    {
        if (rule.Like.Length > 0)
        {
            var policy = at.Within + ".policy";
            Key(value, new Place(rule.Like, at.Shown, $"{policy}.{rule.Like}", policy), line);
        }
        else if (WhyNot(rule, value, at.Pattern) is { } fate)
        {
            Say(new KeyFate(at.Shown, line, fate.Fate, "", fate.Why));
        }
        else if (rule.Named.Length > 0 && value.Kind == YamlKind.Mapping)
        {
            Names(rule, value, at);
        }
        else if (value.Kind == YamlKind.Sequence && _table.IsSection(at.Pattern + "[]"))
        {
            Items(rule, value, at);
        }
        else if (!value.IsNull)
        {
            Put(rule, value, at.RenamedTo(rule.To), line);
        }
    }

    /// <summary>Why a key is not written, or null when it is.</summary>
    private (Fate Fate, string Why)? WhyNot(KeyRule rule, YamlNode value, string pattern) =>
        rule.Drop is { } why ? (Fate.NotNeeded, why.Length > 0 ? why : ReferenceDefaults.AdviceOn(pattern))
        : rule.Lost.Length > 0 ? IsOff(value) ? (Fate.NotNeeded, "it was switched off") : (Fate.NotExpressible, rule.Lost)
        : rule.Needs.Length > 0 && Find(rule.Needs)?.Text != "true" ? (Fate.NotNeeded, $"it had no effect without {rule.Needs}: true")
        : null;

    /// <summary>A section whose keys are names becomes a list.</summary>
    private void Names(KeyRule rule, YamlNode names, Place at)
    {
        foreach (var entry in names.Entries)
        {
            var name = Terminal.Plain(entry.Key.Text);
            var item = at.At(at.Pattern + ".*", $"{at.Shown}.{name}", Draft.Get(at.Target)?.Items.Count ?? 0);
            Draft.Set($"{item.Target}.{rule.Named}", new DraftNode(DraftText.Quoted(entry.Key.Text)) { Source = (item.Shown, entry.Key.Line) });
            if (rule.Value.Length == 0)
            {
                Section(entry.Value, item);
            }
            else
            {
                Put(KeyRule.Keep, entry.Value, item.RenamedTo(rule.Value), entry.Key.Line);
            }

            Draft.Get(item.Target)!.Source = (item.Shown, entry.Key.Line);
        }
    }

    private void Items(KeyRule rule, YamlNode items, Place at)
    {
        for (var i = 0; i < items.Items.Count; i++)
        {
            var (item, shown) = (items.Items[i], $"{at.Shown}[{i}]");
            if (rule.Covered?.Find(item.Find("name")?.Text ?? "")?.Text is { Length: > 0 } cover)
            {
                Say(new KeyFate(shown, item.Line, Fate.NotNeeded, "", $"{cover} finds it; an expression of your own under this built-in name is left out too: compare"));
                continue;
            }

            var place = at.At(at.Pattern + "[]", shown, Draft.Get(at.Target)?.Items.Count ?? 0);
            Section(item, place);
            _ = Draft.Get(place.Target) is { } made ? made.Source = (shown, item.Line) : default;
        }
    }

    private void Put(KeyRule rule, YamlNode value, Place at, int line)
    {
        var made = new ValueShape(rule, value, (at.Shown, line)).Make();
        if (made.Missing.Length > 0)
        {
            Say(new KeyFate(at.Shown, line, Fate.NotExpressible, "", made.Missing));
        }

        if (made.Node is not { } node)
        {
            return;
        }

        var isWeaker = rule.Strongest.Count > 0 && Draft.Get(at.Target) is { } there && Rank(rule, there.Scalar) <= Rank(rule, node.Scalar);
        if (!isWeaker)
        {
            Draft.Set(at.Target, node);
        }

        var says = rule.Note.Length > 0 && (rule.Words is null || made.IsOther);
        node.Note = says ? rule.Note : "";
        var isRenamed = at.Target != at.Shown && at.Within.Length == 0;
        node.Note = isRenamed ? $"{at.Shown} there. {node.Note}".TrimEnd() : node.Note;
        Say(new KeyFate(at.Shown, line, isWeaker || says || made.IsOther ? Fate.Changed : isRenamed ? Fate.Renamed : Fate.Kept, at.Target, isWeaker ? $"a stronger value of {at.Target} holds" : says ? rule.Note : ""));
    }

    private static int Rank(KeyRule rule, string word) => rule.Strongest.ToList().IndexOf(word) is >= 0 and var rank ? rank : int.MaxValue;

    private static bool IsOff(YamlNode value) => value.IsNull || value.Text is "false" or "0" || (value.Kind == YamlKind.Scalar && value.Text.Length == 0)
        || (value.Kind == YamlKind.Sequence && value.Items.Count == 0) || value.Find("enabled")?.Text == "false" || (value.Kind == YamlKind.Mapping && value.Entries.Count == 0);
}
