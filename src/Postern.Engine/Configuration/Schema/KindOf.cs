namespace Postern.Engine.Configuration.Schema;

/// <summary>Short names for the kinds, so that a field fits on a line.</summary>
internal static class KindOf
{
    public static readonly SettingKind Flag = new FlagKind();
    public static readonly SettingKind Secrets = new SecretsKind();
    public static readonly SettingKind Ports = new PortsKind();
    public static readonly SettingKind Words = new WordsKind();

    /// <summary><see cref="ConfigOverrides"/>.</summary>
    public static readonly SettingKind Overrides = new OverridesKind();

    /// <summary>A <see cref="SecretText"/>.</summary>
    public static SettingKind Secret(int minBytes) => new SecretKind(minBytes);

    /// <summary>An <see cref="int"/>.</summary>
    public static SettingKind Whole(int min, int max, string unit, string? zero = null) => new WholeKind(min, max, unit, zero, isLong: false);

    /// <summary>A <see cref="long"/> of bytes.</summary>
    public static SettingKind Bytes(long min, long max, string? zero = null) => new WholeKind(min, max, "bytes", zero, isLong: true);

    public static SettingKind Ratio(double min, double max, string unit, string? zero = null) => new RatioKind(min, max, unit, zero);

    public static SettingKind Duration(int minSeconds, int maxSeconds) => new DurationKind(minSeconds, maxSeconds);

    public static SettingKind Text(TextFormat format) => new TextKind(format, isOptional: false);

    public static SettingKind Optional(TextFormat format) => new TextKind(format, isOptional: true);

    public static SettingKind Texts(TextFormat format) => new TextsKind(format);

    public static SettingKind Choice(params Choice[] strongestFirst) => new ChoiceKind(strongestFirst);

    /// <summary>Members of an enum, by the words that everything else calls them by.</summary>
    public static SettingKind Choice<T>(params T[] strongestFirst)
        where T : struct, Enum => new ChoiceKind(Array.ConvertAll(strongestFirst, static value => new Choice(EnumWords<T>.Of(value).Replace('-', '_'), value)));

    /// <summary>A list of <typeparamref name="TItem"/>.</summary>
    public static SettingKind Items<TItem>()
        where TItem : class, ISection =>
        new ItemsKind(static () => TItem.Schema, static items => Array.ConvertAll(items, static item => (TItem)item));
}
