using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Simd;

/// <summary>What the direct form draws besides blocks of one structure factor, against the Reference back end.</summary>
public sealed class DirectKernelTests
{
    [Theory]
    [InlineData(CrystalShape.Ellipsoid, 5, 1.0)]
    [InlineData(CrystalShape.Ellipsoid, 2, 0.3)]
    [InlineData(CrystalShape.Ellipsoid, 40, 1.3)]
    [InlineData(CrystalShape.Gaussian, 5, 1.0)]
    [InlineData(CrystalShape.Gaussian, 2, 0.3)]
    [InlineData(CrystalShape.Gaussian, 9, 2.0)]
    public void Spots_of_other_shapes(CrystalShape shape, int cells, double fudge)
    {
        var plan = SimdPlans.Plan(oversample: 2, cells: (cells, cells + 1, cells + 2), orientations: 3, sources: 2) with
        {
            Shape = shape,
            ShapeFudge = fudge,
            ReciprocalLattice = new(new(0.0141, 0.0009, 0.0003), new(0.0, 0.0126, 0.0011), new(0.0, 0.0, 0.0112)),
        };

        ShouldBeRight(plan);
    }

    [Theory]
    [InlineData(CrystalShape.Block, 5, 3)]
    [InlineData(CrystalShape.Block, 5, 40)]
    [InlineData(CrystalShape.Block, 30, 40)]
    [InlineData(CrystalShape.Ellipsoid, 5, 40)]
    [InlineData(CrystalShape.Gaussian, 5, 40)]
    public void Reflections_of_their_own_within_a_box_and_the_default_outside(CrystalShape shape, int cells, int reach)
    {
        var plan = SimdPlans.Plan(oversample: 2, cells: (cells, cells, cells), orientations: 3) with
        {
            Shape = shape,
            ReciprocalLattice = new(new(0.0141, 0.0009, 0.0003), new(0.0, 0.0126, 0.0011), new(0.0, 0.0, 0.0112)),
            StructureFactors = Grid(new(-reach, reach), new(-reach + 1, reach), new(-3, reach)),
        };

        ShouldBeRight(plan);
    }

    [Fact]
    public void A_reflection_beyond_the_box_has_the_default()
    {
        var inside = SimdPlans.Plan() with { StructureFactors = Grid(new(100, 101), new(100, 101), new(100, 101)) };

        Draw(new SimdBackEnd(SimdPrecision.Double), inside).Zip(Draw(new SimdBackEnd(SimdPrecision.Double), SimdPlans.Plan()))
            .ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1e-13 * pair.Second);
    }

    [Fact]
    public void More_reflections_than_float_can_number_are_looked_up_in_double()
    {
        // Ten million, of which float tells eight apart.
        var grid = Grid(new(-120, 120), new(-100, 100), new(-103, 103));
        grid.Padded<float>(0.0, squared: true).ShouldBeNull();

        var plan = SimdPlans.Plan(fastPixels: 20, slowPixels: 10) with { StructureFactors = grid };
        Draw(new SimdBackEnd(SimdPrecision.Float), plan).ShouldBe(Draw(new SimdBackEnd(SimdPrecision.Double), plan));
    }

    [Fact]
    public void Layers_of_a_sensor_add_up_and_the_last_one_says_how_much_is_captured()
    {
        var plan = SimdPlans.Plan(oversample: 2, orientations: 30, sources: 2) with { Sensor = new(600e-6, 200e-6, 3, 3000.0) };

        ShouldBeRight(plan);
        ShouldBeRight(SimdPlans.WithFirstEvaluation(plan));
    }

    private static StructureFactorGrid Grid(IndexRange h, IndexRange k, IndexRange l) =>
        new(h, k, l, [.. Enumerable.Range(0, (int)(h.Count * k.Count * l.Count)).Select(i => 20.0 + ((i * 7919L) % 331))]);

    private static void ShouldBeRight(SimulationPlan plan)
    {
        plan.ReferenceOnly.ShouldBeNull();
        var expected = Draw(new ReferenceBackEnd(), plan);
        foreach (var bits in new[] { 128, 256, 512 })
        {
            SimdTolerance.ShouldBeWithinDouble(Draw(new SimdBackEnd(SimdPrecision.Double, 2) { VectorBits = bits }, plan), expected);
            SimdTolerance.ShouldBeWithinFastDouble(Draw(new SimdBackEnd(SimdPrecision.DoubleFast, 2) { VectorBits = bits }, plan), expected);
            SimdTolerance.ShouldBeWithinFloat(Draw(new SimdBackEnd(SimdPrecision.Float, 2) { VectorBits = bits }, plan), expected);
        }
    }

    private static double[] Draw(IBackEnd backEnd, SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        backEnd.Render(plan, image);
        return image;
    }
}
