using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Kernels.Simulation.Reference;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.OpenCl;

public sealed class OpenClBackEndTests
{
    public static TheoryData<int, int> Sizes => new() { { 1, 1 }, { 7, 5 }, { 33, 17 }, { 1, 40 }, { 40, 1 }, { 64, 16 } };

    [OpenClTheory]
    [MemberData(nameof(Sizes))]
    public void A_picture_of_any_size_is_drawn_whole_and_right(int fast, int slow) => ShouldBeRight(SimdPlans.Plan(fast, slow));

    [OpenClTheory]
    [InlineData(2)]
    [InlineData(3)]
    public void Oversampling_keeps_solid_angle_and_polarisation_of_the_first_sub_pixel(int oversample) =>
        ShouldBeRight(SimdPlans.Plan(oversample: oversample, orientations: 3));

    [OpenClTheory]
    [InlineData(1, 2, 3)]
    [InlineData(4, 13, 9)]
    [InlineData(16, 50, 200)]
    public void Any_number_of_cells_is_right(int a, int b, int c) => ShouldBeRight(SimdPlans.Plan(cells: (a, b, c), orientations: 2));

    // Each program is compiled for itself, so double and float, which have one polynomial, take turns.
    [OpenClTheory]
    [InlineData(OpenClPrecision.Double, 1, 2, 3)]
    [InlineData(OpenClPrecision.Float, 4, 5, 6)]
    [InlineData(OpenClPrecision.Double, 7, 8, 9)]
    [InlineData(OpenClPrecision.Float, 10, 11, 12)]
    [InlineData(OpenClPrecision.FloatFast, 1, 2, 3)]
    [InlineData(OpenClPrecision.FloatFast, 4, 5, 6)]
    [InlineData(OpenClPrecision.FloatFast, 7, 8, 9)]
    [InlineData(OpenClPrecision.FloatFast, 10, 11, 12)]
    public void Few_cells_have_a_program_of_their_own_that_is_right(OpenClPrecision precision, int a, int b, int c)
    {
        // Small pixels, so that float's own bounds hold for the device's cosine, too.
        var plan = SimdPlans.Plan(cells: (a, b, c), orientations: 2) with { PixelSizeMetres = 5e-5 };
        using var backEnd = new OpenClBackEnd(TestDevice.Device, precision) { StepsWorthAProgram = 0, PoisonsImage = true };
        var (image, expected) = (TestDevice.Draw(backEnd, plan), SimdPlans.Picture(plan));
        if (precision == OpenClPrecision.Double)
        {
            SimdTolerance.ShouldBeWithinDouble(image, expected);
        }
        else
        {
            SimdTolerance.ShouldBeWithinFloat(image, expected);
            image.ShouldNotBe(TestDevice.Draw(TestDevice.Float, plan));
        }
    }

    [Fact]
    public void A_program_of_its_own_is_for_pictures_with_many_steps_and_the_device_s_cosine_for_those_within_its_bounds()
    {
        var plan = SimdPlans.Plan(cells: (4, 5, 12)) with { PixelSizeMetres = 5e-5 };
        ProgramVariant.For(plan, OpenClPrecision.FloatFast, OpenClDeviceKind.Gpu).FewCells.ShouldBeNull();
        var own = ProgramVariant.For(plan, OpenClPrecision.FloatFast, OpenClDeviceKind.Gpu, stepsWorthIt: 0);
        own.FewCells.ShouldBe((4, 5, 12));
        own.HardwareCosine.ShouldBeTrue();
        ProgramVariant.For(plan with { PixelSizeMetres = 2e-3 }, OpenClPrecision.FloatFast, OpenClDeviceKind.Gpu, stepsWorthIt: 0).HardwareCosine.ShouldBeFalse();
        ProgramVariant.For(plan, OpenClPrecision.Float, OpenClDeviceKind.Gpu, stepsWorthIt: 0).HardwareCosine.ShouldBeFalse();
        ProgramVariant.For(plan with { Cells = (4, 5, 13) }, OpenClPrecision.FloatFast, OpenClDeviceKind.Gpu, stepsWorthIt: 0).FewCells.ShouldBeNull();
    }

    [Theory]
    [InlineData(0.0f, 1.0f, true)]
    [InlineData(1.0f, 0.54030230f, true)]
    [InlineData(1.0f, 0.5403040f, false)]
    [InlineData(-12.5f, 0.9978000f, true)]
    [InlineData(0.5f, float.NaN, false)]
    public void The_device_s_cosine_is_trusted_within_a_millionth(float angle, float cosine, bool isGood) =>
        DeviceCosine.IsAccurate(angle, cosine).ShouldBe(isGood);

    [OpenClFact]
    public void Sources_have_their_own_directions_and_wavelengths() => ShouldBeRight(SimdPlans.Plan(orientations: 3, sources: 5, oversample: 2));

    [OpenClTheory]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(300)]
    public void Orientations_are_summed_whatever_their_number(int orientations) =>
        ShouldBeRight(SimdPlans.Plan(fastPixels: 9, slowPixels: 11, orientations: orientations));

    [OpenClFact]
    public void The_very_first_evaluation_may_have_an_orientation_of_its_own()
    {
        var plan = SimdPlans.Plan(orientations: 3, sources: 2, oversample: 2);
        var special = SimdPlans.WithFirstEvaluation(plan);
        ShouldBeRight(special);
        var (without, with) = (TestDevice.Draw(TestDevice.Double, plan), TestDevice.Draw(TestDevice.Double, special));
        Math.Abs(with[0] - without[0]).ShouldBeGreaterThan(1e-6 * without[0]);
        with[1..].ShouldBe(without[1..]);
    }

    [OpenClFact]
    public void Polarisation_may_be_off_unpolarised_or_along_the_beam()
    {
        ShouldBeRight(SimdPlans.Plan() with { Unpolarised = true });
        ShouldBeRight(SimdPlans.Plan() with { KahnFactor = 0.0 });
        ShouldBeRight(SimdPlans.Plan() with { KahnFactor = -0.5 });
        ShouldBeRight(SimdPlans.Plan() with { PolarisationAxis = new(1.0, 0.0, 0.0) });
    }

    [OpenClFact]
    public void A_point_pixel_ignores_area_and_obliquity() => ShouldBeRight(SimdPlans.Plan(oversample: 2) with { PointPixel = true });

    [OpenClFact]
    public void Bands_do_not_change_a_bit_and_parts_of_the_evaluations_the_last_ones_only()
    {
        var plan = SimdPlans.Plan(fastPixels: 50, slowPixels: 45, orientations: 20, sources: 3);
        var expected = TestDevice.Draw(TestDevice.Double, plan);
        using var byBands = new OpenClBackEnd(TestDevice.Device, OpenClPrecision.Double) { FirstSteps = 1, PoisonsImage = true };
        TestDevice.Draw(byBands, plan).ShouldBe(expected);
        using var byParts = new OpenClBackEnd(TestDevice.Device, OpenClPrecision.Double) { FirstSteps = 1, EvaluationsAtOnce = 7, PoisonsImage = true };
        var parted = TestDevice.Draw(byParts, plan);
        parted.ShouldNotBe(expected);
        for (var i = 0; i < parted.Length; i++)
        {
            parted[i].ShouldBe(expected[i], 1e-13 * expected[i]);
        }
    }

    // Twice the same one, which is as good as two to what is shared between them.
    [OpenClTheory]
    [InlineData(2)]
    [InlineData(5)]
    public void Several_devices_share_a_picture_and_change_no_bit(int count)
    {
        var plan = SimdPlans.Plan(fastPixels: 50, slowPixels: 300, orientations: 20);
        using var devices = new OpenClBackEnd([.. Enumerable.Repeat(TestDevice.Device, count)], OpenClPrecision.Double) { FirstSteps = 1, PoisonsImage = true };
        TestDevice.Draw(devices, plan).ShouldBe(TestDevice.Draw(TestDevice.Double, plan));
        devices.KernelSeconds.ShouldBeGreaterThan(0.0);
    }

    [OpenClFact]
    public void A_device_that_is_cancelled_among_several_ends_the_picture()
    {
        using var devices = new OpenClBackEnd([TestDevice.Device, TestDevice.Device], OpenClPrecision.Double) { FirstSteps = 1, Cancellation = new(canceled: true) };
        Should.Throw<OperationCanceledException>(() => devices.Render(SimdPlans.Plan(), new double[40 * 21]));
    }

    [Fact]
    public void Rows_are_taken_once_each_in_fair_shares_until_none_is_left()
    {
        var alone = new RowSupply(100, 1, areAlike: true);
        alone.Take(0, 30.5).ShouldBe((0, 30));
        alone.Take(0, 1e9).ShouldBe((30, 70));
        alone.Take(0, 1.0).ShouldBe((100, 0));

        var shared = new RowSupply(100, 2, areAlike: false);
        shared.Take(0, 1e9).ShouldBe((0, 6));
        shared.Take(1, 2.0).ShouldBe((6, 2));
        new RowSupply(3, 4, areAlike: false).Take(0, 1e9).ShouldBe((0, 1));
    }

    [Fact]
    public void Devices_that_are_alike_have_their_part_at_once_and_one_that_is_done_helps_out()
    {
        var shared = new RowSupply(65, 2, areAlike: true);
        shared.Take(0, 5.0).ShouldBe((0, 5));
        shared.Take(1, 5.0).ShouldBe((5, 5));
        shared.Take(0, 1e9).ShouldBe((10, 28));
        shared.Take(0, 1e9).ShouldBe((38, 4));
        shared.Take(1, 1e9).ShouldBe((42, 23));
        shared.Take(1, 1e9).ShouldBe((65, 0));
    }

    [OpenClFact]
    public void Floats_and_doubles_are_the_same_picture_on_every_call()
    {
        var plan = SimdPlans.Plan(orientations: 4);
        foreach (var backEnd in new[] { TestDevice.Double, TestDevice.Float })
        {
            var image = TestDevice.Draw(backEnd, plan);
            var stored = new float[image.Length];
            Array.Fill(stored, float.NaN);
            backEnd.Render(plan, stored);
            stored.ShouldBe(Array.ConvertAll(image, value => (float)value));
            TestDevice.Draw(backEnd, plan).ShouldBe(image);
        }
    }

    [OpenClTheory]
    [InlineData(5, 17, 9, 14)]
    [InlineData(33, 39, 0, 20)]
    [InlineData(39, 100, 20, 100)]
    public void A_region_has_the_pixels_of_the_whole_and_zeros_around_them(int firstFast, int lastFast, int firstSlow, int lastSlow)
    {
        var plan = SimdPlans.Plan() with { Region = new(firstFast, lastFast, firstSlow, lastSlow) };
        var expected = SimdPlans.Picture(plan);
        for (var pixel = 0; pixel < expected.Length; pixel++)
        {
            expected[pixel] = plan.Region.Contains(pixel % 40, pixel / 40) ? expected[pixel] : 0.0;
        }

        SimdTolerance.ShouldBeWithinDouble(TestDevice.Draw(TestDevice.Double, plan), expected);
        SimdTolerance.ShouldBeWithinFloat(TestDevice.Draw(TestDevice.Float, plan), expected);
    }

    [OpenClTheory]
    [InlineData(10, 9, 0, 20)]
    [InlineData(40, 50, 0, 20)]
    [InlineData(0, 39, 21, 30)]
    public void A_region_without_pixels_leaves_a_black_picture(int firstFast, int lastFast, int firstSlow, int lastSlow)
    {
        var plan = SimdPlans.Plan() with { Region = new PixelRegion(firstFast, lastFast, firstSlow, lastSlow) };
        TestDevice.Draw(TestDevice.Double, plan).ShouldAllBe(value => value == 0.0);
        TestDevice.Double.KernelSeconds.ShouldBe(0.0);
    }

    [OpenClFact]
    public void Float_gives_way_to_double_where_it_would_miss_its_tolerance()
    {
        var many = SimdPlans.Plan(cells: (1000, 5, 5));
        TestDevice.Draw(TestDevice.Float, many).ShouldBe(TestDevice.Draw(TestDevice.Double, many));
    }

    [OpenClFact]
    public void A_device_without_double_says_what_to_take_instead()
    {
        var device = TestDevice.Device with { HasDouble = false };
        var refused = Should.Throw<OpenClException>(() => new OpenClBackEnd(device, OpenClPrecision.Double));
        refused.Problem.ShouldBe(OpenClProblem.Unsupported);
        refused.Message.ShouldContain("--precision float");

        using var floats = new OpenClBackEnd(device, OpenClPrecision.Float);
        var image = new double[40 * 21];
        Should.Throw<OpenClException>(() => floats.Render(SimdPlans.Plan(cells: (1000, 5, 5)), image)).Message.ShouldContain("--device cpu");
        SimdTolerance.ShouldBeWithinFloat(TestDevice.Draw(floats, SimdPlans.Plan()), SimdPlans.Picture(SimdPlans.Plan()));
    }

    [OpenClFact]
    public void Cancellation_ends_a_picture_before_it_is_drawn()
    {
        using var backEnd = new OpenClBackEnd(TestDevice.Device, OpenClPrecision.Double) { Cancellation = new(canceled: true) };
        Should.Throw<OperationCanceledException>(() => backEnd.Render(SimdPlans.Plan(), new double[40 * 21]));
    }

    [OpenClFact]
    public void A_picture_of_another_length_and_a_plan_that_contradicts_itself_are_refused()
    {
        var (plan, image) = (SimdPlans.Plan(), new double[40 * 21]);
        Should.Throw<ArgumentException>(() => TestDevice.Double.Render(plan, new float[3])).Message.ShouldContain("21 × 40");
        Should.Throw<ArgumentException>(() => TestDevice.Double.Render(plan with { PhiSteps = 2 }, image)).Message.ShouldContain("9 components");
        Should.Throw<ArgumentException>(() => TestDevice.Double.Render(plan with { Cells = (0, 5, 5) }, image)).Message.ShouldContain("at least 1");
    }

    [OpenClTheory]
    [InlineData("-tophat_spots")]
    [InlineData("-oversample_polar")]
    [InlineData("-curved_det")]
    public void What_only_the_reference_back_end_draws_has_its_bits(string flags)
    {
        var plan = SimulationPlan.Create(CommandLineFlags.Parse(
            $"-cell 70 80 90 85 95 105 -N 3 -default_F 100 -misset 10 5 3 -detpixels 8 -pixel 1 -oversample 2 {flags} -polar 0.5".Split(' '),
            AppContext.BaseDirectory));
        plan.NotForDevices.ShouldNotBeNull();
        var expected = new double[64];
        new ReferenceBackEnd().Render(plan, expected);
        TestDevice.Draw(TestDevice.Double, plan).ShouldBe(expected);
        TestDevice.Draw(TestDevice.Float, plan).ShouldBe(expected);
    }

    private static void ShouldBeRight(SimulationPlan plan)
    {
        var expected = SimdPlans.Picture(plan);
        SimdTolerance.ShouldBeWithinDouble(TestDevice.Draw(TestDevice.Double, plan), expected);
        SimdTolerance.ShouldBeWithinFloat(TestDevice.Draw(TestDevice.Float, plan), expected);
    }
}
