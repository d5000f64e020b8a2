namespace Postern.Architecture.Tests.Api;

/// <summary>One member of every kind, for <see cref="PublicApiTests"/>.</summary>
public sealed class ApiSample<T> : IDisposable
{
    public const string Text = "x";
    public static readonly long Start = 1;
    internal readonly int Hidden = 2;

    public ApiSample(string name, int? limit = null) => Rows = new(limit ?? name.Length);

    public event EventHandler? Changed;

    public List<T[]> Rows { get; }

    public required int Size { get; init; }

    internal int Inner => Hidden;

    public int this[string key] => key.Length;

    public static bool operator true(ApiSample<T> one) => one.Size > 0;

    public static bool operator false(ApiSample<T> one) => one.Size <= 0;

    public TOther Cast<TOther>(T from) => (TOther)(object)from!;

    public bool TryGet(in T key, out ReadOnlySpan<byte> value)
    {
        value = default;
        return key is null;
    }

    public void Dispose() => Changed?.Invoke(this, EventArgs.Empty);
}
