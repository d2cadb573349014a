using NanoBragg.Tool.Measurement.Code;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement.Code;

/// <summary>Listings by hand, small enough to count.</summary>
public sealed class MethodCodeTests
{
    private const string Spilling = """
        ; Assembly listing for method My.Kernel`1[double]:Sum(ptr,int):double (Tier1)
        ; Emitting BLENDED_CODE for generic X64 + VEX + EVEX on Unix
        ; rsp based frame

        G_M000_IG01:
               vmovups  ymmword ptr [rsp+0x20], ymm6
               call     [My.Before:Call()]
        G_M000_IG02:
               vmovups  ymmword ptr [rsp+0x40], ymm0
               cmp      eax, 8
               ja       SHORT G_M000_IG05
        G_M000_IG03:
               vfmadd231pd ymm1, ymm2, ymmword ptr [rsp+0x40]
               vmovups  ymm3, ymmword ptr [rbp+0x40]
               dec      ecx
               jne      SHORT G_M000_IG02
        G_M000_IG04:
               vmovups  ymm6, ymmword ptr [rsp+0x20]
               ret
        G_M000_IG05:
               call     [My.Slow:Path()]
               jmp      SHORT G_M000_IG03
        G_M000_IG06:
               call     CORINFO_HELP_RNGCHKFAIL
               int3
        RWD00  	dd	3F800000h		;         1

        ; Total bytes of code 123

        """;

    [Fact]
    public void Only_what_is_in_a_loop_counts_and_a_block_that_was_moved_out_of_the_way_is_in_it()
    {
        var method = Read(Spilling).ShouldHaveSingleItem();
        method.TypeName.ShouldBe("My.Kernel`1");
        method.IsFinal.ShouldBeTrue();

        // The load relative to rbp is no stack move: in this frame rbp is a register like others.
        MethodCode.Of(method).ShouldBe(new() { Name = "My.Kernel`1[double]:Sum(ptr,int):double", Bytes = 123, VectorStackMoves = 2, CallsInLoops = 1, FmaCount = 1 });
        MethodCode.Of(Read(Spilling.Replace("rsp based", "rbp based", StringComparison.Ordinal))[0])!.VectorStackMoves.ShouldBe(3);
    }

    [Theory]
    [InlineData("call     [System.Threading.Monitor:<Wait>g____PInvoke|24_0(int):int]")]
    [InlineData("call     rax ; System.Threading.Monitor:<Wait>g____PInvoke|24_0(int):int")]
    [InlineData("call     [CORINFO_HELP_STOP_FOR_GC]")]
    public void A_method_that_calls_into_the_operating_system_has_counts_and_no_size(string call)
    {
        var method = MethodCode.Of(Read(Spilling.Replace("call     [My.Before:Call()]", call, StringComparison.Ordinal)).Single())!;
        method.Bytes.ShouldBeNull();
        method.CallsInLoops.ShouldBe(1);
    }

    [Fact]
    public void A_method_without_a_loop_is_none() =>
        MethodCode.Of(Read(Spilling.Replace("jne      SHORT G_M000_IG02", "jne      SHORT G_M000_IG04", StringComparison.Ordinal)).Single()).ShouldBeNull();

    [Fact]
    public void A_loop_that_goes_on_through_a_jump_table_is_one()
    {
        var table = Spilling.Replace("jne      SHORT G_M000_IG02", "jmp      rax", StringComparison.Ordinal)
            .Replace("RWD00  \tdd\t3F800000h\t\t;         1", "RWD00  \tdd\tG_M000_IG02 - G_M000_IG02", StringComparison.Ordinal);
        MethodCode.Of(Read(table).Single())!.CallsInLoops.ShouldBe(1);
    }

    [Fact]
    public void Code_that_replaces_a_running_loop_or_is_not_optimised_is_not_final()
    {
        foreach (var tier in new[] { "Tier0", "Tier1-OSR", "Tier0-FullOpts", "Instrumented Tier1" })
        {
            Read(Spilling.Replace("(Tier1)", $"({tier})", StringComparison.Ordinal)).Single().IsFinal.ShouldBeFalse(tier);
        }
    }

    [Fact]
    public void A_listing_that_two_threads_wrote_at_once_or_that_ends_within_a_method_is_refused()
    {
        var header = Spilling.Split('\n')[0];
        Should.Throw<FormatException>(() => Read($"{header}\n{Spilling}")).Message.ShouldBe(JitListing.Torn);
        Should.Throw<FormatException>(() => Read($"{Spilling}{header}\n"));
        Should.Throw<FormatException>(() => Read($"{Spilling}; Total bytes of code 7\n"));
    }

    private static List<ListedMethod> Read(string listing) => JitListing.Read(listing.Split('\n'));
}
