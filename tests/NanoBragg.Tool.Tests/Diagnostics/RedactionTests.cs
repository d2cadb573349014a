using NanoBragg.Tool.Diagnostics;
using Shouldly;
using Xunit;

namespace NanoBragg.Tool.Tests.Diagnostics;

public class RedactionTests
{
    /// <summary>Made up, every one; put together at run time where a scanner would take them for real.</summary>
    public static TheoryData<string, string> PlantedSecrets => new()
    {
        { "GITHUB_TOKEN", "gh" + "p_16C7e42F292c6912E7710c838347Ae178B4a" },
        { "DB_PASSWORD", "hunter2" },
        { "dbPwd", "swordfish" },
        { "MYSQL_PWD", "opensesame" },
        { "API_KEY", "123456" },
        { "AZURE_STORAGE_CONNECTION_STRING", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Zm9vYmFyYmF6cXV4;EndpointSuffix=core" },
        { "SENTRY_DSN", "https://0123abcd@errors.invalid/42" },
        { "SESSION_COOKIE", "chocolate-chip" },
        { "githubPat", "plainword" },
        { "BLOB_SAS", "sv=2024&sig=abc%3D" },
        { "SMTP_AUTH", "PLAIN me me" },
        { "NUGET_CREDENTIALS", "user:word" },
        { "SIGNING_CERT", "MIIB" },
        { "SSH_PASSPHRASE", "correct horse battery staple" },
        { "DOTNET_FEED_TOKEN", "short1" },
        { "NANOBRAGG_SECRET", "quiet" },
        { "OMP_LICENSE_KEY", "AAAA-BBBB" },
        { "INNOCENT", "correct horse battery staple" },
        { "HTTPS_PROXY", "http://alice:wonder@proxy.invalid:3128" },
        { "DOTNET_FEED", "https://alice:wonder@feed.invalid/v3" },
        { "DOTNET_STARTUP_HOOKS", "Server=db;User Id=sa;Password=wonderland" },
        { "LANG", "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U" },
        { "TERM", "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----" },
        { "DOTNET_NOTE", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" },
        { "OMP_TOOL", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEYxx1" },
        { "NANOBRAGG_NOTE", "Authorization: Bearer abcdefgh12345678" },
        { "DOTNET_ID", "3f2504e0-4f89-11d3-9a0c-0305e82c3301" },
        { "SHELL", "xo" + "xb-123456789012-abcdefghijkl" },
        { "CI", "AK" + "IAIOSFODNN7EXAMPLE" },
        { "USER", "alice" },
        { "HOSTNAME", "wonderland" },
        { "SAFE_COMBINATION", "1234" },
    };

    [Theory]
    [MemberData(nameof(PlantedSecrets))]
    public void A_planted_secret_is_not_in_env_txt_but_its_name_is(string name, string secret)
    {
        var text = new EnvironmentText([new(name, secret)]).Render();
        text.ShouldContain($"{name}=<hidden, {secret.Length} characters>\n");
        foreach (var line in secret.Split('\n'))
        {
            text.ShouldNotContain("=" + line);
        }
    }

    [Theory]
    [InlineData("CI", "true")]
    [InlineData("LANG", "C.UTF-8")]
    [InlineData("TERM", "xterm-256color")]
    [InlineData("DOTNET_TieredPGO", "0")]
    [InlineData("OMP_NUM_THREADS", "16")]
    [InlineData("PATH", "/usr/local/sbin:/usr/local/bin:/usr/lib/x86_64-linux-gnu/bin:/opt/aspnetcore-runtime-10")]
    [InlineData("NUMBER_OF_PROCESSORS", "128")]
    [InlineData("SOME_SWITCH", "false")]
    [InlineData("SOME_COUNT", "12")]
    [InlineData("EMPTY", "")]
    public void What_cannot_be_a_secret_is_shown(string name, string value) =>
        new EnvironmentText([new(name, value)]).Render().ShouldContain($"{name}={value}\n");

    [Fact]
    public void A_secret_folder_in_the_path_hides_that_folder_only()
    {
        var path = string.Join(Path.PathSeparator, "/usr/bin", "/nix/store/0c7lq2m5x8ab3k9z1v4w6y7p2r5s8t0d-tool/bin", "/bin");
        Redaction.ShowValue("PATH", path).ShouldBe(string.Join(Path.PathSeparator, "/usr/bin", $"<hidden, {path.Length - 14} characters>", "/bin"));
    }

    [Fact]
    public void A_name_that_is_itself_a_secret_is_hidden()
    {
        var name = "npm_config_//alice:wonder@registry.invalid/";
        var text = new EnvironmentText([new(name, "x")]).Render();
        text.ShouldNotContain("wonder");
        text.ShouldContain($"<name hidden, {name.Length} characters>");
    }

    [Fact]
    public void Names_are_sorted_and_line_breaks_cannot_forge_a_line()
    {
        var lines = new EnvironmentText([new("LANG", "C\nPATH=/forged"), new("CI", "true")]).Render().TrimEnd('\n').Split('\n');
        lines[1..].ShouldBe(["CI=true", "LANG=C PATH=/forged"]);
    }

    [Fact]
    public void Secrets_of_the_environment_are_scrubbed_from_other_texts()
    {
        var environment = new EnvironmentText([new("MY_TOKEN", "tops3cret"), new("PROXY", "http://alice:wonderland@proxy.invalid"), new("NAME", "harmless")]);
        var text = environment.Scrub("Connecting with tops3cret as alice:wonderland, harmless. Password=abc123; Bearer abcdefghij");
        text.ShouldNotContain("tops3cret");
        text.ShouldNotContain("wonderland");
        text.ShouldNotContain("abc123");
        text.ShouldNotContain("abcdefghij");
        text.ShouldContain("harmless");
    }

    [Fact]
    public void A_path_that_exists_is_not_taken_for_a_secret_wherever_it_is_named()
    {
        var folder = Path.GetTempPath();
        new EnvironmentText([new("SSH_AUTH_FOLDER", folder)]).Scrub($"wrote {folder}x").ShouldBe($"wrote {folder}x");
    }
}
