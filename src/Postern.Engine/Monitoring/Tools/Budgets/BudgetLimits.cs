namespace Postern.Engine.Monitoring.Tools.Budgets;

/// <summary>How much the calls of one principal to one server may cost; 0 is no limit where it is a number of calls or minutes.</summary>
internal sealed record BudgetLimits
{
    public int MaxCalls { get; init; }

    public int MaxRetriesPerTool { get; init; } = 5;

    public int MaxRetriesPerServer { get; init; } = 20;

    public int LoopWindow { get; init; } = 20;

    public int MaxMinutes { get; init; }

    public int MaxConcurrent { get; init; } = 10;

    public int FanOut { get; init; } = 50;

    public int FanOutSeconds { get; init; } = 60;
}
