namespace Postern.Engine.Configuration.Schema;

/// <summary>One key of one section: everything the program knows about it.</summary>
internal abstract class Setting(string key, SettingKind kind, Weakens weakens, string doc)
{
    public string Key { get; } = key;

    public SettingKind Kind { get; } = kind;

    public Weakens Weakens { get; } = weakens;

    /// <summary>Meaning first, then the reason for the default where one needs telling.</summary>
    public string Doc { get; } = doc;

    /// <summary>True when an item without it is an error.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when it says where or how, not what is allowed: it stays out of the policy hash.</summary>
    public bool IsOutsidePolicy { get; init; }

    /// <summary>True when a reload keeps the old value until the program starts again.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>A new section with nothing but defaults.</summary>
    public abstract object NewSection();

    public abstract object Get(object section);

    public abstract object Set(object section, object value);

    /// <summary>How going from one value to another changes protection.</summary>
    public ChangeEffect Judge(object before, object after) => Weakens switch
    {
        Weakens.WhenRaised => ByRank(Kind.Rank(after).CompareTo(Kind.Rank(before))),
        Weakens.WhenLowered => ByRank(Kind.Rank(before).CompareTo(Kind.Rank(after))),
        Weakens.WhenGrown => ByCoverage(wide: before, narrow: after),
        Weakens.WhenShrunk => ByCoverage(wide: after, narrow: before),
        Weakens.WhenChanged => Kind.IsUnset(before) ? ChangeEffect.Strengthens : ChangeEffect.Weakens,
        _ => ChangeEffect.Neutral,
    };

    private static ChangeEffect ByRank(int step) =>
        step > 0 ? ChangeEffect.Weakens : step < 0 ? ChangeEffect.Strengthens : ChangeEffect.Neutral;

    private ChangeEffect ByCoverage(object wide, object narrow) =>
        !Kind.Covers(wide, narrow) ? ChangeEffect.Weakens
        : !Kind.Covers(narrow, wide) ? ChangeEffect.Strengthens
        : ChangeEffect.Neutral;
}
