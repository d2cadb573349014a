namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>What a metadata token stands for, in words that do not depend on where its row lies.</summary>
/// <param name="Text">The words.</param>
/// <param name="Reached">What of the user's own it names.</param>
/// <param name="Packages">What of packages it names, by <see cref="OwnAssemblies.PackageOf"/>.</param>
/// <param name="LooksAround">Whether it may find code, or data, that no token names.</param>
internal sealed record SymbolicName(string Text, IReadOnlyList<CodePlace> Reached, IReadOnlyList<string> Packages, bool LooksAround = false);
