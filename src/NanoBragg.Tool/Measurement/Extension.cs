namespace NanoBragg.Tool.Measurement;

/// <summary>What is measured besides, because what was measured so far could not tell.</summary>
/// <param name="Workers">Fresh worker processes.</param>
/// <param name="Scenarios">The scenarios that they run; empty for all.</param>
/// <param name="Why">What to tell the user.</param>
internal sealed record Extension(int Workers, IReadOnlyList<string> Scenarios, string Why);
