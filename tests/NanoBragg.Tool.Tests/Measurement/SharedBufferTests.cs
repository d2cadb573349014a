using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Measurement;

public class SharedBufferTests
{
    [Fact]
    public void Both_builds_of_a_case_prepare_the_same_buffer_and_the_next_process_has_a_new_one()
    {
        var request = Fixture.Request("shares-buffer") with { BatchSeconds = 0.001 };
        var together = Fixture.Run(request with { BaseAssemblyPath = Fixture.AssemblyPath }).OnlyCase();
        together.Failure.ShouldBeNull();
        together.Base!.Absence.ShouldBeNull();
        (together.Figures["preparations"], together.Base.Figures["preparations"]).ShouldBe((2, 2));
        together.Figures["other"].ShouldBe(0);
        Fixture.Run(request).OnlyCase().Figures["preparations"].ShouldBe(1);
    }
}
