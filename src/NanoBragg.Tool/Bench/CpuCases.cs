namespace NanoBragg.Tool.Bench;

/// <summary>The pictures of the suite <c>cpu</c>: one for each thing that makes a kernel slow.</summary>
internal static class CpuCases
{
    private const string Cubic = "-cell 100 100 100 90 90 90 -lambda 6.2 -N 5 -default_F 100 -distance 100";
    private const string Triclinic = "-cell 70 80 90 85 95 105 -lambda 1.5 -misset 10 5 3 -distance 100";
    private const string Mosaic = Triclinic + " -N 8 -detpixels 1024 -mosaic 0.5 -mosaic_dom 50 -phi 0.1 -osc 1 -phisteps 10";

    /// <summary>Gets the cases, in the order in which they are measured.</summary>
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        new("A", "cubic, one step a pixel", $"{Cubic} -detpixels 2048"),
        new("B", "triclinic, mosaic, turned", $"{Mosaic} -default_F 100"),

        // AT-PERF-006 with all that its text asks for; the port's own test leaves the sources out.
        new("C", "at-perf-006: oversampled, thick, divergent, dispersed",
            $"{Cubic} -detpixels 256 -oversample 2 -detector_thick 200 -detector_thicksteps 3 -detector_abs 450"
            + " -hdivrange 0.1 -vdivrange 0.1 -hdivstep 0.02 -vdivstep 0.02 -dispersion 0.05 -dispsteps 3"),
        new("D", "B with a list of reflections", Mosaic, HasReflections: true),

        // Too many cells for polynomials.
        new("E", "A with 200 cells along each edge", $"{Cubic} -detpixels 2048 -N 200") { StepWeight = 4 },
        new("F-round", "B with round spots", $"{Mosaic} -default_F 100 -round_xtal"),
        new("F-gauss", "B with Gaussian spots", $"{Mosaic} -default_F 100 -gauss_xtal"),

        // 256 pixels of 0.1 mm reach to 10.9 of the list's 20 reflections, so that no step ends the interpolation.
        new("G", "interpolated between reflections", $"{Triclinic} -N 2 -detpixels 256 -interpolate", HasReflections: true),
    ];

    /// <summary>Chooses cases.</summary>
    /// <param name="names">Their names; none for all.</param>
    /// <returns>Each case once, in the order of <see cref="All"/>.</returns>
    /// <exception cref="UserError">There is no case of that name.</exception>
    public static IReadOnlyList<BenchCase> Choose(IReadOnlyCollection<string> names) => BenchCase.Choose(All, names, CpuSuite.Name);
}
