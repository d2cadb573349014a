namespace NanoBragg.Tool.Bench;

/// <summary>The pictures of the suite <c>scaling</c>: one quantity at a time grows, and a step should cost the same.</summary>
internal static class ScalingCases
{
    /// <summary>The suite's name.</summary>
    public const string Suite = "scaling";

    private const string Cubic = "-cell 100 100 100 90 90 90 -lambda 6.2 -N 5 -default_F 100 -distance 100";
    private const string Triclinic = "-cell 70 80 90 85 95 105 -lambda 1.5 -misset 10 5 3 -distance 100 -default_F 100 -detpixels 256 -mosaic 0.5";

    /// <summary>Gets the cases, in the order in which they are measured.</summary>
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        .. Grow("pixels", "pixels along an edge", [256, 512, 1024, 2048, 4096], n => $"{Cubic} -detpixels {n}"),
        .. Grow("cells", "cells along each edge of the crystal", [1, 2, 5, 8, 12, 13, 50, 200, 1000], n => $"{Triclinic} -N {n} -mosaic_dom 50 -oversample 1"),
        .. Grow("oversample", "sub-pixels along an edge of a pixel", [1, 2, 3, 4], n => $"{Triclinic} -N 8 -mosaic_dom 20 -oversample {n}"),
        .. Grow("domains", "mosaic domains", [1, 10, 100, 1000], n => $"{Triclinic} -N 8 -mosaic_dom {n} -oversample 1"),
        .. Grow("layers", "layers of the sensor", [1, 3, 5, 7], n => $"{Triclinic} -N 8 -mosaic_dom 20 -oversample 1 -detector_thick 450 -detector_abs 450 -detector_thicksteps {n}"),
    ];

    private static IEnumerable<BenchCase> Grow(string name, string what, int[] sizes, Func<int, FormattableString> flags) =>
        sizes.Select(size => new BenchCase(FormattableString.Invariant($"{name}-{size}"), FormattableString.Invariant($"{size} {what}"), FormattableString.Invariant(flags(size))));
}
