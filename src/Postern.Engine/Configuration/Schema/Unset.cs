namespace Postern.Engine.Configuration.Schema;

/// <summary>Stands for the null of a record, because a value of a setting is never null.</summary>
internal sealed class Unset
{
    public static readonly Unset Value = new();

    private Unset()
    {
    }
}
