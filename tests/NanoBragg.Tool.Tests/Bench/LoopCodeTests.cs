using NanoBragg.Kernels.Simulation.OpenCl;
using NanoBragg.Tool.Bench;
using NanoBragg.Tool.Bench.Ptx;
using NanoBragg.Tool.Measurement.Devices;
using NanoBragg.Tool.Tests.Measurement.Devices;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Bench;

public sealed class LoopCodeTests
{
    private const string Listing = """
        	ld.shared.f32 	%f1, [%rd1];
        $L__BB0_1:                              // %first
        	add.rn.f32 	%f1, %f2, %f3;
        	@%p1 bra 	$L__BB0_1;
        $L__BB0_2:
        	ld.shared.v4.f32 	{%f1, %f2, %f3, %f4}, [%rd1];
        	neg.f32 	%f5, %f4;
        	fma.rn.f32 	%f6, %f1, %f2, %f5;
        	fma.rn.ftz.f32 	%f7, %f1, %f2, %f6;
        	mul.rn.f32 	%f8, %f7, %f7;
        	setp.lt.f32 	%p2, %f8, %f7;
        	cos.approx.ftz.f32 	%f9, %f8;
        	mov.f32 	%f10, %f9;
        	add.s64 	%rd1, %rd1, 48;
        	@%p2 bra 	$L__BB0_2;
        	bra.uni 	$L__BB0_3;
        $L__BB0_3:
        	ret;
        """;

    [Fact]
    public void The_loop_that_reads_shared_memory_is_counted_by_class() => LoopCode.Of(Listing).ShouldBe(new(2, 2, 1, 1, 4));

    [Fact]
    public void A_listing_without_a_loop_has_no_counts() => LoopCode.Of("$L__BB0_1:\n\tret;\n").ShouldBeNull();

    [Fact]
    public void A_whole_kernel_is_counted_without_its_neighbours()
    {
        const string Two = ".visible .entry draw(\n)\n{\n\tfma.rn.f32 %f1, %f2, %f3, %f4;\n\tld.shared.f32 %f1, [%r1];\n$L__BB0_2:\n\tret;\n}\n.visible .entry other(\n)\n{\n\tret;\n}\n";
        LoopCode.OfKernel(Two, "draw").ShouldBe(new(1, 0, 0, 1, 1));
        LoopCode.OfKernel(Two, "none").All.ShouldBe(0);
    }

    [ClangFact]
    public void The_kernels_become_the_same_code_each_time_and_no_longer_loops_than_today()
    {
        var plan = PreparedCase.Of(GpuCases.Choose(["B"])[0], StepBudget.Of(0)).Plan;
        foreach (var (precision, instructions, special) in new[] { (OpenClPrecision.Double, 59.5, 0), (OpenClPrecision.Float, 53, 0), (OpenClPrecision.FloatFast, 27, 3) })
        {
            var source = OpenClSource.Of(plan, precision, OpenClDeviceKind.Gpu);
            var listing = PtxCompiler.Compile(new(source.Text, source.Options), CancellationToken.None);
            PtxCompiler.Compile(new(source.Text, source.Options), CancellationToken.None).ShouldBe(listing);
            var loop = LoopCode.Of(listing).ShouldNotBeNull();
            (loop.All / (double)source.Lanes).ShouldBeLessThanOrEqualTo(instructions, precision.ToString());
            (loop.Special / source.Lanes).ShouldBe(special, precision.ToString());

            // Nothing in the kernel spills to memory of the work-item's own.
            listing.ShouldNotContain(".local");
        }
    }

    [ClangFact]
    public void One_step_a_pixel_is_as_few_instructions_as_today()
    {
        var plan = PreparedCase.Of(GpuCases.Choose(["A"])[0], StepBudget.Of(0)).Plan;
        foreach (var (precision, instructions) in new[] { (OpenClPrecision.Float, 82), (OpenClPrecision.FloatFast, 55) })
        {
            var source = OpenClSource.Of(plan, precision, OpenClDeviceKind.Gpu);
            var listing = PtxCompiler.Compile(new(source.Text, source.Options), CancellationToken.None);
            (LoopCode.OfKernel(listing, "draw").All / (double)source.Lanes).ShouldBeLessThanOrEqualTo(instructions, precision.ToString());
            listing.ShouldNotContain(".local");
        }
    }
}
