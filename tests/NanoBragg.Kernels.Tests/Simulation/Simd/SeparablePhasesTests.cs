using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.Simulation.Simd.Separable;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Simd;

/// <summary>Phases taken apart into those of columns and rows: what that costs is known beforehand, and the tile follows from it.</summary>
public sealed class SeparablePhasesTests
{
    [Theory]
    [InlineData(16, 4)]
    [InlineData(16, 20)]
    [InlineData(32, 8)]
    [InlineData(32, 32)]
    [InlineData(64, 16)]
    public void No_picture_is_further_off_than_its_tile_allows(int width, int height)
    {
        foreach (var oversample in new[] { 1, 2 })
        {
            foreach (var pixelMillimetres in new[] { 0.02, 0.05, 0.1 })
            {
                var plan = Plan(pixelMillimetres, oversample);
                var shape = new TileShape(width, height, oversample);
                var bound = new PhaseBounds(plan, false, 1.0, 1.0).Error(shape);
                var expected = Draw(plan, SimdPrecision.Double, null);
                var error = LargestError(Draw(plan, SimdPrecision.DoubleFast, shape), expected);

                // The factor's interpolation and rounding come on top.
                error.ShouldBeLessThanOrEqualTo(bound + 1e-7, $"{shape}, pixels of {pixelMillimetres} mm");
                error.ShouldBeGreaterThan(bound / 1000.0, $"{shape}, pixels of {pixelMillimetres} mm");
            }
        }
    }

    [Theory]
    [InlineData(CrystalShape.Ellipsoid, 16, 4)]
    [InlineData(CrystalShape.Ellipsoid, 32, 32)]
    [InlineData(CrystalShape.Gaussian, 16, 20)]
    [InlineData(CrystalShape.Gaussian, 64, 16)]
    [InlineData(CrystalShape.Block, 16, 12)]
    [InlineData(CrystalShape.Block, 32, 32)]
    public void No_picture_of_indices_by_tiles_is_further_off_than_its_tile_allows(CrystalShape crystal, int width, int height)
    {
        foreach (var oversample in new[] { 1, 2 })
        {
            foreach (var pixelMillimetres in new[] { 0.02, 0.1 })
            {
                var plan = Plan(pixelMillimetres, oversample) with { Shape = crystal, ShapeFudge = 1.1, ReciprocalLattice = Reciprocal, Cells = crystal == CrystalShape.Block ? (20, 13, 15) : (5, 8, 6) };
                var shape = new TileShape(width, height, oversample);
                var bound = new PhaseBounds(plan, true, 1.0, 1.0).Error(shape);
                var expected = Draw(plan, SimdPrecision.Double, null);
                var error = LargestError(Draw(plan, SimdPrecision.DoubleFast, shape), expected);

                error.ShouldBeLessThanOrEqualTo(bound + 1e-7, $"{shape}, pixels of {pixelMillimetres} mm");
                error.ShouldBeGreaterThan(bound / 1000.0, $"{shape}, pixels of {pixelMillimetres} mm");
                LargestError(Draw(plan, SimdPrecision.Float, shape), expected).ShouldBeLessThan(bound + 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(CrystalShape.Block, 5)]
    [InlineData(CrystalShape.Block, 30)]
    [InlineData(CrystalShape.Ellipsoid, 5)]
    [InlineData(CrystalShape.Gaussian, 5)]
    public void By_tiles_each_reflection_has_its_own_structure_factor_and_those_outside_have_theirs(CrystalShape crystal, int cells)
    {
        // A box that the picture leaves on all sides, and reflections that differ from each of their neighbours.
        var plan = SimdPlans.Plan(fastPixels: 70, slowPixels: 33, oversample: 2, cells: (cells, cells + 1, cells), orientations: 2) with
        {
            PixelSizeMetres = 4e-4,
            Shape = crystal,
            ShapeFudge = 1.0,
            ReciprocalLattice = Reciprocal,
            StructureFactors = Grid(new(-4, 1), new(-3, 2), new(-2, 3)),
        };
        var expected = Draw(plan, SimdPrecision.Double, null);

        var shape = new TileShape(16, 8, 2);
        var bound = new PhaseBounds(plan, crystal != CrystalShape.Block || cells > 12, 1.0, 1.0).Error(shape);

        foreach (var (precision, rounding) in new[] { (SimdPrecision.DoubleFast, 1e-6), (SimdPrecision.Float, 1e-4) })
        {
            var image = Draw(plan, precision, shape);
            image.ShouldNotBe(expected);
            LargestError(image, expected).ShouldBeLessThan(bound + rounding);
        }

        Draw(plan with { StructureFactors = null }, SimdPrecision.Double, null).Zip(expected, (without, with) => with / without).Distinct().Count().ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_tile_is_the_smaller_the_closer_the_detector_and_none_is_small_enough_for_the_closest()
    {
        TileShape? Choose(double pixelMillimetres) => TileShape.Choose(Plan(pixelMillimetres, 1), new PhaseBounds(Plan(pixelMillimetres, 1), false, 1e-4, 1e-6));

        int Size(double pixelMillimetres) => Choose(pixelMillimetres) is { } shape ? shape.Width * shape.Height : 0;

        Size(0.05).ShouldBeGreaterThan(Size(0.075));
        Size(0.075).ShouldBeGreaterThan(Size(0.1));
        Size(0.1).ShouldBeGreaterThan(0);
        Choose(4.0).ShouldBeNull();
    }

    [Fact]
    public void Where_no_tile_is_small_enough_the_direct_form_draws()
    {
        var plan = Plan(4.0, 1);

        Draw(plan, SimdPrecision.DoubleFast, null).ShouldBe(Draw(plan, SimdPrecision.Double, null));
    }

    [Theory]
    [InlineData(13, 5, 1)]
    [InlineData(40, 13, 20)]
    [InlineData(200, 200, 1)]
    [InlineData(1000, 30, 14)]
    public void More_than_twelve_cells_are_drawn_by_tiles_too(int a, int b, int c)
    {
        var plan = SimdPlans.Plan(fastPixels: 70, slowPixels: 33, oversample: 2, cells: (a, b, c), orientations: 2) with { PixelSizeMetres = 4e-3 / Math.Max(a, 200) };
        var expected = Draw(plan, SimdPrecision.Double, null);

        foreach (var (precision, error) in new[] { (SimdPrecision.DoubleFast, 2e-5), (SimdPrecision.Float, 1e-4) })
        {
            var image = Draw(plan, precision, null);
            image.ShouldNotBe(expected);
            LargestError(image, expected).ShouldBeLessThan(error);
        }
    }

    [Fact]
    public void A_whole_column_at_the_top_of_peaks_is_right()
    {
        // The cell lies along the detector: h is a whole number on the middle column, k on the middle row.
        var plan = SimdPlans.Plan(fastPixels: 31, slowPixels: 31, cells: (50, 50, 50)) with
        {
            FastAxis = new(0.0, 1.0, 0.0),
            SlowAxis = new(0.0, 0.0, 1.0),
            NormalAxis = new(1.0, 0.0, 0.0),
            PixelSizeMetres = 2e-5,
            OriginMetres = new(0.1, -15.5 * 2e-5, -15.5 * 2e-5),
            KahnFactor = 0.0,
            Orientations = [100e-10, 0, 0, 0, 100e-10, 0, 0, 0, 100e-10],
        };
        var expected = Draw(plan, SimdPrecision.Double, null);

        var image = Draw(plan, SimdPrecision.DoubleFast, null);

        image.ShouldNotBe(expected);
        LargestError(image, expected).ShouldBeLessThan(2e-5);
        Array.IndexOf(image, image.Max()).ShouldBe((15 * 31) + 15);
    }

    [Fact]
    public void A_tile_of_any_size_gives_the_same_picture_within_its_error()
    {
        // More evaluations than a batch, a picture that is no whole number of tiles, sub-pixels of an odd number.
        var plan = SimdPlans.Plan(fastPixels: 83, slowPixels: 37, oversample: 3, orientations: 45, sources: 2, cells: (1, 2, 11)) with { PixelSizeMetres = 3e-5 };
        var expected = Draw(plan, SimdPrecision.Double, null);

        foreach (var shape in new TileShape[] { new(16, 4, 3), new(16, 12, 3), new(32, 8, 3) })
        {
            LargestError(Draw(plan, SimdPrecision.DoubleFast, shape), expected).ShouldBeLessThan(2e-5, shape.ToString());
            LargestError(Draw(plan, SimdPrecision.Float, shape), expected).ShouldBeLessThan(1e-4, shape.ToString());
        }
    }

    // Of axes of 70, 80 and 90 Å, right angles.
    private static ReciprocalLattice Reciprocal => new(new(1.0 / 70.0, 0, 0), new(0, 1.0 / 80.0, 0), new(0, 0, 1.0 / 90.0));

    private static StructureFactorGrid Grid(IndexRange h, IndexRange k, IndexRange l) =>
        new(h, k, l, [.. Enumerable.Range(0, (int)(h.Count * k.Count * l.Count)).Select(i => 20.0 + (37 * i % 101))]);

    private static SimulationPlan Plan(double pixelMillimetres, int oversample) =>
        SimdPlans.Plan(fastPixels: 100, slowPixels: 90, oversample: oversample, cells: (5, 8, 6), orientations: 2) with { PixelSizeMetres = 1e-3 * pixelMillimetres };

    private static double[] Draw(SimulationPlan plan, SimdPrecision precision, TileShape? shape)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        new SimdBackEnd(precision) { Shape = shape }.Render(plan, image);
        return image;
    }

    private static double LargestError(double[] actual, double[] expected)
    {
        var bright = 0.01 * expected.Max();
        return Enumerable.Range(0, actual.Length).Where(i => expected[i] > bright).Max(i => Math.Abs(actual[i] - expected[i]) / expected[i]);
    }
}
