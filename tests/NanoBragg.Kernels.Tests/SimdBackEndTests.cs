using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Reference;
using NanoBragg.Kernels.Simulation.Simd;
using Shouldly;

namespace NanoBragg.Kernels.Tests;

public sealed class SimdBackEndTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 7, 5 }, { 33, 17 }, { 1, 40 }, { 40, 1 }, { 64, 16 } };

    public static TheoryData<int> CellCounts => [.. Enumerable.Range(1, 16), 50, 200, 1000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_picture_of_any_size_is_drawn_whole_and_right(int fast, int slow) => ShouldBeRight(SimdPlans.Plan(fast, slow));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Oversampling_keeps_solid_angle_and_polarisation_of_the_first_sub_pixel(int oversample) =>
        ShouldBeRight(SimdPlans.Plan(oversample: oversample, orientations: 3));

    [Theory]
    [MemberData(nameof(CellCounts))]
    public void Every_number_of_cells_is_right(int cells) => ShouldBeRight(SimdPlans.Plan(cells: (cells, cells, cells), orientations: 2));

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(12, 1, 7)]
    [InlineData(4, 13, 9)]
    [InlineData(30, 5, 1)]
    public void Axes_may_have_different_numbers_of_cells(int a, int b, int c) => ShouldBeRight(SimdPlans.Plan(cells: (a, b, c)));

    [Theory]
    [InlineData(SimdPrecision.Double)]
    [InlineData(SimdPrecision.DoubleFast)]
    [InlineData(SimdPrecision.Float)]
    public void Waking_up_changes_no_picture(SimdPrecision precision)
    {
        var plan = SimdPlans.Plan(oversample: 2, orientations: 3);
        var (before, after) = (new double[40 * 21], new double[40 * 21]);
        SimdBackEnd backEnd = new(precision, 1);
        backEnd.Render(plan, before);
        foreach (var bits in new[] { 128, 256, 512 })
        {
            new SimdBackEnd(precision, 1) { VectorBits = bits }.WakeUp();
        }

        backEnd.Render(plan, after);
        after.ShouldBe(before);
    }

    [Fact]
    public void Sources_have_their_own_directions_and_wavelengths() => ShouldBeRight(SimdPlans.Plan(orientations: 3, sources: 5, oversample: 2));

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(600)]
    public void Orientations_are_summed_whatever_their_number(int orientations) =>
        ShouldBeRight(SimdPlans.Plan(fastPixels: 9, slowPixels: 11, orientations: orientations));

    [Fact]
    public void Batches_may_straddle_sources() => ShouldBeRight(SimdPlans.Plan(fastPixels: 40, slowPixels: 11, orientations: 100, sources: 7));

    [Fact]
    public void The_very_first_evaluation_may_have_an_orientation_of_its_own()
    {
        var plan = SimdPlans.Plan(orientations: 3, sources: 2, oversample: 2);
        var special = SimdPlans.WithFirstEvaluation(plan);
        ShouldBeRight(special);
        var without = Render(new SimdBackEnd(SimdPrecision.Double, 1), plan);
        var with = Render(new SimdBackEnd(SimdPrecision.Double, 1), special);
        Math.Abs(with[0] - without[0]).ShouldBeGreaterThan(1e-6 * without[0]);
        with[1..].ShouldBe(without[1..]);
    }

    [Fact]
    public void Polarisation_may_be_off_unpolarised_or_along_the_beam()
    {
        ShouldBeRight(SimdPlans.Plan() with { Unpolarised = true });
        ShouldBeRight(SimdPlans.Plan() with { KahnFactor = 0.0 });
        ShouldBeRight(SimdPlans.Plan() with { KahnFactor = -0.5 });
        ShouldBeRight(SimdPlans.Plan() with { PolarisationAxis = new(1.0, 0.0, 0.0) });
    }

    [Fact]
    public void A_point_pixel_ignores_area_and_obliquity() => ShouldBeRight(SimdPlans.Plan(oversample: 2) with { PointPixel = true });

    [Fact]
    public void Peaks_at_whole_numbers_are_finite_and_highest()
    {
        // Aligned axes: h is 0 on a whole row, k on a whole column, and l everywhere a whole number in the limit of the direct beam.
        var plan = SimdPlans.Plan(fastPixels: 31, slowPixels: 31) with
        {
            FastAxis = new(0.0, 1.0, 0.0),
            SlowAxis = new(0.0, 0.0, 1.0),
            NormalAxis = new(1.0, 0.0, 0.0),
            OriginMetres = new(0.1, -15.5 * 0.25e-3, -15.5 * 0.25e-3),
            KahnFactor = 0.0,
            Orientations = [100e-10, 0, 0, 0, 100e-10, 0, 0, 0, 100e-10],
        };
        foreach (var cells in new[] { 5, 8, 40 })
        {
            var aligned = plan with { Cells = (cells, cells, cells) };
            ShouldBeRight(aligned);
            var image = Render(new SimdBackEnd(SimdPrecision.Double, 1), aligned);
            Array.IndexOf(image, image.Max()).ShouldBe(15 * 31 + 15);
        }
    }

    [Theory]
    [InlineData(SimdPrecision.Double)]
    [InlineData(SimdPrecision.DoubleFast)]
    [InlineData(SimdPrecision.Float)]
    public void Threads_and_register_widths_do_not_change_a_bit(SimdPrecision precision)
    {
        // The smaller pixels are drawn by tiles in the fast forms.
        foreach (var (cells, pixelMetres) in new[] { (5, 0.25e-3), (8, 5e-5), (20, 5e-5) })
        {
            var plan = SimdPlans.Plan(fastPixels: 70, slowPixels: 53, oversample: 2, orientations: 3, cells: (cells, cells, cells)) with { PixelSizeMetres = pixelMetres };
            var expected = Render(new SimdBackEnd(precision, 1), plan);
            foreach (var threads in new[] { 2, 3, 8 })
            {
                Render(new SimdBackEnd(precision, threads), plan).ShouldBe(expected);
            }

            foreach (var bits in new[] { 128, 256, 512 })
            {
                Render(new SimdBackEnd(precision, 1) { VectorBits = bits }, plan).ShouldBe(expected);
            }
        }
    }

    [Theory]
    [InlineData(SimdPrecision.DoubleFast, 5, 70, 53)]
    [InlineData(SimdPrecision.Float, 5, 70, 53)]
    [InlineData(SimdPrecision.Float, 8, 160, 64)]
    [InlineData(SimdPrecision.Float, 1, 16, 1)]
    public void A_pixel_of_a_single_step_has_the_bits_of_one_that_is_summed_first(SimdPrecision precision, int cells, int fastPixels, int slowPixels)
    {
        var plan = SimdPlans.Plan(fastPixels, slowPixels, cells: (cells, cells, cells)) with { PixelSizeMetres = 5e-5 };
        plan.StepsPerPixel.ShouldBe(1);
        foreach (var bits in new[] { 128, 256, 512 })
        {
            var backEnd = new SimdBackEnd(precision, 1) { VectorBits = bits };
            var floats = new float[fastPixels * slowPixels];
            var doubles = new double[floats.Length];
            backEnd.Render(plan, floats);
            backEnd.Render(plan, doubles);

            // One of the two has the element of the arithmetic, and is drawn at once.
            floats.ShouldBe([.. doubles.Select(pixel => (float)pixel)]);
        }
    }

    [Fact]
    public void Pictures_drawn_at_the_same_time_do_not_disturb_one_another()
    {
        var plan = SimdPlans.Plan(fastPixels: 70, slowPixels: 53, oversample: 2);
        var expected = Render(new SimdBackEnd(SimdPrecision.Double, 1), plan);
        Parallel.For(0, 40, i => Render(new SimdBackEnd(SimdPrecision.Double, 1 + (i % 4)), plan).ShouldBe(expected));
    }

    [Theory]
    [InlineData(SimdPrecision.Double, 1)]
    [InlineData(SimdPrecision.Double, 3)]
    [InlineData(SimdPrecision.DoubleFast, 1)]
    [InlineData(SimdPrecision.Float, 1)]
    [InlineData(SimdPrecision.Float, 3)]
    public void Every_call_allocates_the_same_few_bytes(SimdPrecision precision, int threads)
    {
        var plan = SimdPlans.Plan(fastPixels: 100, slowPixels: 100);
        var image = new float[100 * 100];
        var backEnd = new SimdBackEnd(precision, threads);
        var allocated = new long[12];
        for (var i = 0; i < allocated.Length; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            backEnd.Render(plan, image);
            allocated[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        allocated[2..].ShouldAllBe(bytes => bytes == allocated[2]);
        allocated[2].ShouldBeLessThan(512);
    }

    [Theory]
    [InlineData(SimdPrecision.Double, "001be9da33aba4a50cd3e37ab83143e96c7f184c9d7b235691db1c3fbfdad550")]
    [InlineData(SimdPrecision.DoubleFast, "e079c3509433a0440f032fd8567e795b0d8362d8c68f04fed35231c49ab47ad2")]
    [InlineData(SimdPrecision.Float, "a52354d32d50f9ae0c5caf0b3e68d977c515afb649982f6d0f96c5905a725ee8")]
    public void A_picture_has_the_same_bits_on_every_machine(SimdPrecision precision, string sha256)
    {
        var plan = SimdPlans.Plan(fastPixels: 50, slowPixels: 30, oversample: 2, orientations: 4, sources: 2, cells: (5, 8, 7)) with { PixelSizeMetres = 5e-5 };
        var image = Render(new SimdBackEnd(precision, 2), plan);
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(image.AsSpan()))).ShouldBe(sha256);
    }

    [Fact]
    public void Float_gives_way_to_double_where_it_would_miss_its_tolerance()
    {
        FloatReach.Covers(SimdPlans.Plan()).ShouldBeTrue();
        var many = SimdPlans.Plan(cells: (1000, 5, 5));
        FloatReach.Covers(many).ShouldBeFalse();
        Render(new SimdBackEnd(SimdPrecision.Float, 1), many).ShouldBe(Render(new SimdBackEnd(SimdPrecision.Double, 1), many));
    }

    [Fact]
    public void A_picture_of_another_length_than_the_plan_s_is_refused()
    {
        var backEnd = new SimdBackEnd(SimdPrecision.Double);
        Should.Throw<ArgumentException>(() => backEnd.Render(SimdPlans.Plan(), new float[3])).Message.ShouldContain("21 × 40");
        Should.Throw<ArgumentOutOfRangeException>(() => new SimdBackEnd(SimdPrecision.Double, -1));
    }

    [Fact]
    public void A_plan_that_contradicts_itself_is_refused()
    {
        var (plan, image) = (SimdPlans.Plan(), new float[40 * 21]);
        var backEnd = new SimdBackEnd(SimdPrecision.Double);
        Should.Throw<ArgumentException>(() => backEnd.Render(plan with { PhiSteps = 2 }, image)).Message.ShouldContain("9 components");
        Should.Throw<ArgumentException>(() => backEnd.Render(plan with { FirstEvaluationOrientations = [] }, image)).Message.ShouldContain("0 components");
        Should.Throw<ArgumentException>(() => backEnd.Render(plan with { Sources = [] }, image)).Message.ShouldContain("0 sources");
        Should.Throw<ArgumentException>(() => backEnd.Render(plan with { Cells = (0, 5, 5) }, image)).Message.ShouldContain("at least 1");
    }

    [Theory]
    [InlineData("-tophat_spots", "-tophat_spots")]
    [InlineData("-oversample_polar", "-oversample_polar")]
    [InlineData("-oversample_omega", "-oversample_omega")]
    [InlineData("-oversample_thick", "-oversample_thick")]
    [InlineData("-curved_det x -dmin 2", "-dmin with -curved_det")]
    [InlineData("-gauss_xtal -fudge -0.001", "-fudge below 0")]
    public void What_only_the_reference_back_end_draws_is_named_and_has_its_bits(string flags, string named)
    {
        var plan = SimulationPlan.Create(CommandLineFlags.Parse(
            $"-cell 70 80 90 85 95 105 -N 3 -default_F 100 -misset 10 5 3 -detpixels 8 -pixel 1 -oversample 2 {flags} -polar 0.5".Split(' '),
            AppContext.BaseDirectory));
        var expected = new double[64];
        new ReferenceBackEnd().Render(plan, expected);

        plan.ReferenceOnly.ShouldNotBeNull().ShouldContain(named);
        Render(new SimdBackEnd(SimdPrecision.Double), plan).ShouldBe(expected);
        var floats = new float[64];
        new SimdBackEnd(SimdPrecision.Float).Render(plan, floats);
        floats.ShouldBe(Array.ConvertAll(expected, value => (float)value));
    }

    [Theory]
    [InlineData("-xds")]
    [InlineData("-mosflm -oversample 2")]
    [InlineData("-detector_rotx 10 -detector_roty 20 -twotheta 5 -mosaic 0.4 -mosaic_dom 7")]
    [InlineData("-denzo -detector_thick 300 -detector_thicksteps 3 -detector_abs 400")]
    [InlineData("-round_xtal -point_pixel -nopolar")]
    [InlineData("-N 40 -hdivrange 0.2 -hdivsteps 3")]
    public void A_curved_detector_is_drawn_by_vectors(string flags)
    {
        var plan = SimulationPlan.Create(CommandLineFlags.Parse(
            $"-cell 70 80 90 85 95 105 -N 6 -default_F 100 -misset 10 5 3 -detpixels_x 70 -detpixels_y 45 -pixel 0.5 -oversample 1 {flags} -polar 0.7 -curved_det x".Split(' '),
            AppContext.BaseDirectory));
        plan.Curved.ShouldBeTrue();
        plan.ReferenceOnly.ShouldBeNull();
        var expected = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd().Render(plan, expected);
        var image = Render(new SimdBackEnd(SimdPrecision.Double), plan);
        Render(new SimdBackEnd(SimdPrecision.Double), plan with { Curved = false }).ShouldNotBe(image);
        SimdTolerance.ShouldBeWithinDouble(image, expected);
        SimdTolerance.ShouldBeWithinFloat(Render(new SimdBackEnd(SimdPrecision.Float), plan), expected);
        foreach (var bits in new[] { 128, 256, 512 })
        {
            Render(new SimdBackEnd(SimdPrecision.Double, 3) { VectorBits = bits }, plan).ShouldBe(image);
        }
    }

    [Theory]
    [InlineData("-gauss_xtal -fudge 0")]
    [InlineData("-round_xtal -fudge 0")]
    [InlineData("-gauss_xtal -fudge 30")]
    [InlineData("-gauss_xtal -fudge 1e30")]
    [InlineData("-round_xtal -fudge 30")]
    public void Spots_without_an_end_and_almost_without_an_extent_are_those_of_the_reference_back_end(string flags)
    {
        var plan = SimulationPlan.Create(CommandLineFlags.Parse(
            $"-cell 70 80 90 85 95 105 -N 3 -default_F 100 -misset 10 5 3 -detpixels 32 -oversample 1 {flags}".Split(' '), AppContext.BaseDirectory));
        var expected = new double[32 * 32];
        new ReferenceBackEnd().Render(plan, expected);
        double[] doubles = Render(new SimdBackEnd(SimdPrecision.Double), plan), floats = Render(new SimdBackEnd(SimdPrecision.Float), plan);
        var bright = 0.01 * expected.Max();
        for (var i = 0; i < expected.Length; i++)
        {
            // What is less than the least ordinary number is that.
            doubles[i].ShouldBe(expected[i], (1e-8 * expected[i]) + 1e-300, $"pixel {i}");
            floats[i].ShouldBe(expected[i], expected[i] > bright ? 1e-4 * expected[i] : (1e-4 * bright) + 1e-30, $"pixel {i}");
        }
    }

    [Fact]
    public void What_the_simd_back_end_draws_itself_names_nothing() => SimdPlans.Plan().ReferenceOnly.ShouldBeNull();

    [Fact]
    public void Back_ends_are_named_after_their_precision()
    {
        new SimdBackEnd(SimdPrecision.Double).Name.ShouldBe("simd-double");
        new SimdBackEnd(SimdPrecision.Float).Name.ShouldBe("simd-float");
    }

    /// <summary>Draws over a poisoned picture, so that a pixel left out shows.</summary>
    private static double[] Render(SimdBackEnd backEnd, SimulationPlan plan)
    {
        var image = new double[plan.FastPixels * plan.SlowPixels];
        Array.Fill(image, double.NaN);
        backEnd.Render(plan, image);
        return image;
    }

    private static void ShouldBeRight(SimulationPlan plan)
    {
        var expected = SimdPlans.Picture(plan);
        var inDouble = Render(new SimdBackEnd(SimdPrecision.Double, 3), plan);
        SimdTolerance.ShouldBeWithinDouble(inDouble, expected);
        var inFloat = Render(new SimdBackEnd(SimdPrecision.Float, 3), plan);
        SimdTolerance.ShouldBeWithinFloat(inFloat, expected);
        foreach (var (precision, doubles) in new[] { (SimdPrecision.Double, inDouble), (SimdPrecision.Float, inFloat) })
        {
            var floats = new float[expected.Length];
            Array.Fill(floats, float.NaN);
            new SimdBackEnd(precision, 2).Render(plan, floats);
            floats.ShouldBe(Array.ConvertAll(doubles, value => (float)value));
        }
    }
}
