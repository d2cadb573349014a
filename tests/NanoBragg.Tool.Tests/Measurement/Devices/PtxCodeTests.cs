using NanoBragg.Tool.Measurement.Devices;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement.Devices;

public sealed class PtxCodeTests
{
    private const string Listing = """
        .visible .entry draw(
        	.param .u64 draw_param_0
        )
        {
        	.local .align 4 .b8 	__local_depot0[24];
        	.reg .pred 	%p<2>;
        	.shared .align 16 .b8 batch[2048];
        	.shared .align 4 .f32 one;

        	mov.u32 	%r1, %tid.x;
        $L__BB0_1:
        	ld.shared.f32 	%f1, [%rd1];
        $L__BB0_2:
        	cos.approx.f32 	%f2, %f1; // a comment; with a bra $L__BB0_1
        	@%p1 bra 	$L__BB0_2;
        	@%p2 bra 	$L__BB0_4;
        	bra.uni 	$L__BB0_1;
        $L__BB0_4:
        	st.global.f32 	[%rd2], %f2;
        	ret;
        }
        """;

    [Fact]
    public void Instructions_loops_and_memory_are_counted() => PtxCode.Of(Listing).ShouldBe(new(8, 5, 1, 1, 24, 2052));

    [Fact]
    public void Nothing_has_nothing() => PtxCode.Of("").ShouldBe(new(0, 0, 0, 0, 0, 0));

    [Fact]
    public void What_the_assembler_says_is_read_of_all_kernels()
    {
        const string Log = """
            ptxas info    : Compiling entry function 'draw' for 'sm_80'
            ptxas info    : Function properties for draw
                40 bytes stack frame, 12 bytes spill stores, 16 bytes spill loads
            ptxas info    : Used 96 registers, 6144 bytes smem, 400 bytes cmem[0]
            ptxas info    : Compiling entry function 'cosines' for 'sm_80'
            ptxas info    : Function properties for cosines
                0 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
            ptxas info    : Used 10 registers, 368 bytes cmem[0]
            """;
        const string Code = """
            	Function : draw
                    /*0000*/                   MOV R1, c[0x0][0x28] ;                     /* 0x00000a0000017a02 */
                                                                                          /* 0x000fc40000000f00 */
                    /*0010*/              @!P0 FFMA R0, R2, R3, R0 ;                      /* 0x0000000302007223 */
            """;
        AssembledCode.Read(Log, Code, null).ShouldBe(new(96, 40, 28, 2, null));
        AssembledCode.Read(Log, null, "no lister").ShouldBe(new(96, 40, 28, null, "no lister"));
        Should.Throw<UserError>(() => AssembledCode.Read("ptxas fatal: no\n", null, null)).Message.ShouldContain("fatal");
    }
}
