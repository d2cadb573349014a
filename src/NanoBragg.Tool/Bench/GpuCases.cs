namespace NanoBragg.Tool.Bench;

/// <summary>The pictures of the suite <c>gpu</c>: those that nanoBraggCUDA was timed with.</summary>
internal static class GpuCases
{
    /// <summary>Gets the cases, in the order in which they are measured.</summary>
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        .. CpuCases.Choose(["A", "B"]),
        new("C", "B with four times the pixels and domains, oversampled", CpuCases.Choose(["B"])[0].Flags + " -detpixels 2048 -oversample 2 -mosaic_dom 200"),
    ];

    /// <summary>Chooses cases.</summary>
    /// <param name="names">Their names; none for all.</param>
    /// <returns>Each case once, in the order of <see cref="All"/>.</returns>
    /// <exception cref="UserError">There is no case of that name.</exception>
    public static IReadOnlyList<BenchCase> Choose(IReadOnlyCollection<string> names) => BenchCase.Choose(All, names, GpuSuite.Name);
}
