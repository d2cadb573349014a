using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Simulation;
using NanoBragg.Kernels.Simulation.Ilgpu;
using NanoBragg.Kernels.Simulation.Reference;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Ilgpu;

public sealed class IlgpuBackEndTests
{
    public static TheoryData<int, int> Sizes => OpenCl.OpenClBackEndTests.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_picture_of_any_size_is_drawn_whole_and_right(int fast, int slow) => ShouldBeRight(SimdPlans.Plan(fast, slow));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Oversampling_keeps_solid_angle_and_polarisation_of_the_first_sub_pixel(int oversample) =>
        ShouldBeRight(SimdPlans.Plan(oversample: oversample, orientations: 3));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 3)]
    [InlineData(4, 13, 9)]
    [InlineData(16, 50, 200)]
    public void Any_number_of_cells_is_right(int a, int b, int c) => ShouldBeRight(SimdPlans.Plan(cells: (a, b, c), orientations: 2));

    [Fact]
    public void Sources_have_their_own_directions_and_wavelengths() => ShouldBeRight(SimdPlans.Plan(orientations: 3, sources: 5, oversample: 2));

    [Theory]
    [InlineData(127)]
    [InlineData(300)]
    public void Orientations_are_summed_whatever_their_number(int orientations) =>
        ShouldBeRight(SimdPlans.Plan(fastPixels: 9, slowPixels: 11, orientations: orientations));

    [Fact]
    public void The_very_first_evaluation_may_have_an_orientation_of_its_own()
    {
        var plan = SimdPlans.Plan(orientations: 3, sources: 2, oversample: 2);
        var special = SimdPlans.WithFirstEvaluation(plan);
        ShouldBeRight(special);
        var (without, with) = (TestAccelerator.Draw(plan), TestAccelerator.Draw(special));
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

    [Theory]
    [InlineData("-round_xtal")]
    [InlineData("-gauss_xtal")]
    [InlineData("-detector_thick 450 -detector_abs 300 -thicksteps 3")]
    public void Outlines_and_thick_sensors_are_the_reference_s(string flags)
    {
        var plan = Small(flags);
        TestAccelerator.Cpu.HandsOver(plan).ShouldBeNull();
        var expected = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd(0).Render(plan, expected);
        SimdTolerance.ShouldBeWithinDouble(TestAccelerator.Draw(plan), expected);
    }

    [Fact]
    public void Bands_do_not_change_a_bit()
    {
        var plan = SimdPlans.Plan(fastPixels: 50, slowPixels: 45, orientations: 20, sources: 3);
        using var byBands = new IlgpuBackEnd(IlgpuKind.Cpu) { FirstSteps = 1, PoisonsImage = true };
        TestAccelerator.Draw(plan, byBands).ShouldBe(TestAccelerator.Draw(plan));
        byBands.KernelSeconds.ShouldBeGreaterThan(0.0);
    }

    [Fact]
    public void Floats_and_doubles_are_the_same_picture_on_every_call_from_any_thread()
    {
        var plan = SimdPlans.Plan(orientations: 4);
        var image = TestAccelerator.Draw(plan);
        var stored = new float[image.Length];
        Array.Fill(stored, float.NaN);
        var other = new Thread(() => TestAccelerator.Cpu.Render(plan, stored));
        other.Start();
        other.Join();
        stored.ShouldBe(Array.ConvertAll(image, value => (float)value));
        TestAccelerator.Draw(plan).ShouldBe(image);
    }

    [Theory]
    [InlineData(5, 17, 9, 14)]
    [InlineData(33, 39, 0, 20)]
    [InlineData(39, 100, 20, 100)]
    public void A_region_has_the_pixels_of_the_whole_and_zeros_around_them(int firstFast, int lastFast, int firstSlow, int lastSlow)
    {
        var whole = SimdPlans.Plan();
        var plan = whole with { Region = new(firstFast, lastFast, firstSlow, lastSlow) };
        var expected = TestAccelerator.Draw(whole);
        for (var pixel = 0; pixel < expected.Length; pixel++)
        {
            expected[pixel] = plan.Region.Contains(pixel % 40, pixel / 40) ? expected[pixel] : 0.0;
        }

        TestAccelerator.Draw(plan).ShouldBe(expected);
    }

    [Theory]
    [InlineData(10, 9, 0, 20)]
    [InlineData(40, 50, 0, 20)]
    [InlineData(0, 39, 21, 30)]
    public void A_region_without_pixels_leaves_a_black_picture(int firstFast, int lastFast, int firstSlow, int lastSlow)
    {
        var plan = SimdPlans.Plan() with { Region = new PixelRegion(firstFast, lastFast, firstSlow, lastSlow) };
        using var backEnd = new IlgpuBackEnd(IlgpuKind.Cpu);
        TestAccelerator.Draw(plan, backEnd).ShouldAllBe(value => value == 0.0);
        backEnd.KernelSeconds.ShouldBe(0.0);
    }

    [Fact]
    public void Cancellation_ends_a_picture_before_it_is_drawn()
    {
        using var backEnd = new IlgpuBackEnd(IlgpuKind.Cpu) { Cancellation = new(canceled: true) };
        Should.Throw<OperationCanceledException>(() => backEnd.Render(SimdPlans.Plan(), new double[40 * 21]));
    }

    [Fact]
    public void A_picture_of_another_length_and_a_plan_that_contradicts_itself_are_refused()
    {
        var (plan, image) = (SimdPlans.Plan(), new double[40 * 21]);
        Should.Throw<ArgumentException>(() => TestAccelerator.Cpu.Render(plan, new float[3])).Message.ShouldContain("21 × 40");
        Should.Throw<ArgumentException>(() => TestAccelerator.Cpu.Render(plan with { PhiSteps = 2 }, image)).Message.ShouldContain("9 components");
        Should.Throw<ArgumentException>(() => TestAccelerator.Cpu.Render(plan with { Cells = (0, 5, 5) }, image)).Message.ShouldContain("at least 1");
    }

    [Theory]
    [InlineData("-tophat_spots")]
    [InlineData("-oversample_polar")]
    [InlineData("-curved_det")]
    [InlineData("-oversample_omega")]
    public void What_only_the_reference_back_end_draws_has_its_bits(string flags)
    {
        var plan = Small(flags);
        TestAccelerator.Cpu.HandsOver(plan).ShouldBe(flags.Split(' ')[0]);
        var expected = new double[plan.FastPixels * plan.SlowPixels];
        new ReferenceBackEnd().Render(plan, expected);
        TestAccelerator.Draw(plan).ShouldBe(expected);
    }

    private static SimulationPlan Small(string flags) => SimulationPlan.Create(CommandLineFlags.Parse(
        $"-cell 70 80 90 85 95 105 -N 3 -default_F 100 -misset 10 5 3 -detpixels 16 -pixel 1 -oversample 2 {flags} -polar 0.5".Split(' '), AppContext.BaseDirectory));

    private static void ShouldBeRight(SimulationPlan plan) => SimdTolerance.ShouldBeWithinDouble(TestAccelerator.Draw(plan), SimdPlans.Picture(plan));
}
