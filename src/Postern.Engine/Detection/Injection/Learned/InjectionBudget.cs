namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>How many false alarms an operator accepts, as one benign document in so many.</summary>
internal static class InjectionBudget
{
    /// <summary>One in two thousand documents of a kilobyte.</summary>
    public const int Default = 2_000;

    /// <summary>The tightest budget that the calibration supports.</summary>
    public static int Tightest => InjectionModel.BuiltIn.Thresholds.Tightest;
}
