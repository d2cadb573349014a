namespace NanoBragg.Tool.Bench;

/// <summary>A picture whose drawing is measured.</summary>
/// <param name="Name">By which it is asked for.</param>
/// <param name="Shows">A few words that say what is in it.</param>
/// <param name="Flags">The C program's flags, words parted by single spaces.</param>
/// <param name="HasReflections">Whether <see cref="ReflectionList"/> stands where the structure factors come from.</param>
internal sealed record BenchCase(string Name, string Shows, string Flags, bool HasReflections = false)
{
    /// <summary>Gets how much longer than usual a step takes, roughly, so that the case is made smaller by as much.</summary>
    public int StepWeight { get; init; } = 1;
}
