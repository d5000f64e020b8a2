namespace Postern.Engine.Monitoring.Tools.Budgets;

/// <summary>One call as budgets remember it.</summary>
/// <param name="TimeMs">When.</param>
/// <param name="Tool">A hash of the tool's name.</param>
internal readonly record struct BudgetCall(long TimeMs, uint Tool)
{
    /// <summary>A hash of the arguments.</summary>
    public uint Arguments { get; init; }

    /// <summary>Their length.</summary>
    public int Bytes { get; init; }

    /// <summary>True for the same tool with the same arguments.</summary>
    public bool IsSame(BudgetCall other) => Tool == other.Tool && Arguments == other.Arguments;
}
