namespace NanoBragg.Tool.Measurement;

/// <summary>A scenario as <c>list</c> shows it.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Measures">One sentence that says what it measures.</param>
/// <param name="Cases">The names of its cases; empty where it has none.</param>
internal sealed record ListedScenario(string Scenario, string Measures, IReadOnlyList<string> Cases);
