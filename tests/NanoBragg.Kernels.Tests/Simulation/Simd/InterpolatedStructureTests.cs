using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.StructureFactors;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Simd;

/// <summary>Structure factors between reflections: where a run interpolates to its end, or not at all, pixels may be drawn in any order.</summary>
public sealed class InterpolatedStructureTests
{
    // The picture's indices lie within, with two reflections to spare.
    private static readonly StructureFactorGrid Wide = Grid(new(-9, 9), new(-10, 10), new(-11, 11));

    private static readonly StructureFactorGrid Large = Grid(new(-40, 40), new(-41, 41), new(-42, 42));

    [Theory]
    [InlineData(SimdPrecision.Double, CrystalShape.Block, 2)]
    [InlineData(SimdPrecision.DoubleFast, CrystalShape.Block, 2)]
    [InlineData(SimdPrecision.Float, CrystalShape.Block, 2)]
    [InlineData(SimdPrecision.Float, CrystalShape.Block, 20)]
    [InlineData(SimdPrecision.DoubleFast, CrystalShape.Ellipsoid, 2)]
    [InlineData(SimdPrecision.Float, CrystalShape.Gaussian, 2)]
    public void A_picture_within_the_grid_is_interpolated_everywhere(SimdPrecision precision, CrystalShape shape, int cells)
    {
        foreach (var bits in new[] { 512, 256, 128 })
        {
            foreach (var plan in new[] { Plan(shape, cells), SimdPlans.WithFirstEvaluation(Plan(shape, cells)) })
            {
                Interpolation.CourseOf(plan).ShouldBe(InterpolationCourse.Throughout);
                plan.ReferenceOnly.ShouldBeNull();
                var image = new double[plan.FastPixels * plan.SlowPixels];
                new SimdBackEnd(precision) { VectorBits = bits }.Render(plan, image);
                Hold(precision, image, Reference(plan));
            }
        }
    }

    [Theory]
    [InlineData(2e-5, 1)] // a register lies in a cell or two
    [InlineData(1e-4, 1)]
    [InlineData(2.5e-4, 1)]
    [InlineData(8e-4, 1)] // in many
    [InlineData(8e-4, 3)]
    public void Lanes_of_a_register_may_lie_in_one_cell_of_the_grid_or_in_many(double pixelMetres, int oversample)
    {
        var plan = Plan(CrystalShape.Block, 2) with { PixelSizeMetres = pixelMetres, Oversample = oversample, StructureFactors = Large };
        Interpolation.CourseOf(plan).ShouldBe(InterpolationCourse.Throughout);
        var expected = Reference(plan);
        foreach (var precision in Enum.GetValues<SimdPrecision>())
        {
            foreach (var bits in new[] { 512, 256, 128 })
            {
                var image = new double[plan.FastPixels * plan.SlowPixels];
                new SimdBackEnd(precision) { VectorBits = bits }.Render(plan, image);
                Hold(precision, image, expected);
            }
        }
    }

    [Fact]
    public void A_grid_that_does_not_surround_the_first_place_interpolates_nowhere()
    {
        var plan = Plan(CrystalShape.Block, 2) with { StructureFactors = Grid(new(-1, 1), new(-1, 1), new(-1, 1)) };

        Interpolation.CourseOf(plan).ShouldBe(InterpolationCourse.Never);
        plan.ReferenceOnly.ShouldBeNull();
        var image = new double[plan.FastPixels * plan.SlowPixels];
        new SimdBackEnd(SimdPrecision.Double).Render(plan, image);
        SimdTolerance.ShouldBeWithinDouble(image, Reference(plan));
        image.ShouldBe(Draw(plan with { InterpolatesStructureFactors = false }));
    }

    [Fact]
    public void A_picture_that_leaves_the_grid_partway_is_drawn_in_order()
    {
        var plan = Plan(CrystalShape.Block, 2) with { PixelSizeMetres = 3e-4 };
        var first = Places(plan).First();
        IndexRange wide = new(-40, 40), h = Around(first.H), k = Around(first.K), l = Around(first.L);
        foreach (var grid in new[] { Grid(h, wide, wide), Grid(wide, k, wide), Grid(wide, wide, l) })
        {
            var partway = plan with { StructureFactors = grid };
            Places(plan).Any(place => !grid.H.Surrounds(place.H) || !grid.K.Surrounds(place.K) || !grid.L.Surrounds(place.L)).ShouldBeTrue();
            Interpolation.CourseOf(partway).ShouldBe(InterpolationCourse.Partway);
            partway.ReferenceOnly.ShouldNotBeNull().ShouldContain("-interpolate");
            Draw(partway).ShouldBe(Reference(partway));
        }

        static IndexRange Around(double index) => new((int)Math.Floor(index) - 2, (int)Math.Ceiling(index) + 2);
    }

    [Fact]
    public void The_course_is_right_to_the_edge()
    {
        // Boxes about the picture's own indices, from one too small to one with room: never Throughout where a place is missed.
        var plan = Plan(CrystalShape.Block, 2);
        var places = Places(plan).ToList();
        var seen = new HashSet<InterpolationCourse>();
        for (var spare = 0; spare < 5; spare++)
        {
            var grid = Grid(
                new((int)Math.Floor(places.Min(p => p.H)) - spare, (int)Math.Ceiling(places.Max(p => p.H)) + spare),
                new((int)Math.Floor(places.Min(p => p.K)) - spare, (int)Math.Ceiling(places.Max(p => p.K)) + spare),
                new((int)Math.Floor(places.Min(p => p.L)) - spare, (int)Math.Ceiling(places.Max(p => p.L)) + spare));
            var misses = places.Any(p => !grid.H.Surrounds(p.H) || !grid.K.Surrounds(p.K) || !grid.L.Surrounds(p.L));
            var course = Interpolation.CourseOf(plan with { StructureFactors = grid });
            seen.Add(course);
            (course == InterpolationCourse.Throughout).ShouldBe(!misses, $"{spare} to spare");
        }

        seen.ShouldContain(InterpolationCourse.Throughout);
        seen.Count.ShouldBeGreaterThan(1);
    }

    private static SimulationPlan Plan(CrystalShape shape, int cells) =>
        SimdPlans.Plan(fastPixels: 50, slowPixels: 31, oversample: 2, cells: (cells, cells, cells), orientations: 3, sources: 2) with
        {
            PixelSizeMetres = 1e-4,
            StructureFactors = Wide,
            InterpolatesStructureFactors = true,
            Shape = shape,
            ShapeFudge = 1.0,
            ReciprocalLattice = new(new(1.0 / 70.0, 0, 0), new(0, 1.0 / 80.0, 0), new(0, 0, 1.0 / 90.0)),
        };

    private static IEnumerable<(double H, double K, double L)> Places(SimulationPlan plan)
    {
        for (var slow = 0; slow < plan.SlowPixels * plan.Oversample; slow++)
        {
            for (var fast = 0; fast < plan.FastPixels * plan.Oversample; fast++)
            {
                var direction = plan.Point(fast + 0.5, slow + 0.5).Unitised();
                foreach (var source in plan.Sources)
                {
                    var q = 1.0 / source.WavelengthMetres * (direction - source.IncidentDirection);
                    for (var i = 0; i < plan.Orientations.Length; i += 9)
                    {
                        var c = plan.Orientations;
                        yield return (
                            (c[i] * q.X) + (c[i + 1] * q.Y) + (c[i + 2] * q.Z), (c[i + 3] * q.X) + (c[i + 4] * q.Y) + (c[i + 5] * q.Z),
                            (c[i + 6] * q.X) + (c[i + 7] * q.Y) + (c[i + 8] * q.Z));
                    }
                }
            }
        }
    }

    private static void Hold(SimdPrecision precision, double[] image, double[] expected)
    {
        switch (precision)
        {
            case SimdPrecision.Double:
                SimdTolerance.ShouldBeWithinDouble(image, expected);
                break;
            case SimdPrecision.DoubleFast:
                SimdTolerance.ShouldBeWithinFastDouble(image, expected);
                break;
            default:
                SimdTolerance.ShouldBeWithinFloat(image, expected);
                break;
        }
    }

    private static double[] Draw(SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        new SimdBackEnd(SimdPrecision.Double).Render(plan, image);
        return image;
    }

    private static double[] Reference(SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd().Render(plan, image);
        return image;
    }

    private static StructureFactorGrid Grid(IndexRange h, IndexRange k, IndexRange l) =>
        new(h, k, l, [.. Enumerable.Range(0, (int)(h.Count * k.Count * l.Count)).Select(i => 20.0 + ((i * 7919L) % 331))]);
}
