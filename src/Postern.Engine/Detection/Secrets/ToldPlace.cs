namespace Postern.Engine.Detection.Secrets;

/// <summary>Where a sentence tells a value.</summary>
/// <param name="Start">Its first byte; -1 for none.</param>
/// <param name="IsBare">Nothing but a space stands between the name and the value.</param>
internal readonly record struct ToldPlace(int Start, bool IsBare)
{
    public static ToldPlace None => new(-1, false);
}
