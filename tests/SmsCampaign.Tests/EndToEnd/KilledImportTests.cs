using System.Globalization;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>The real program is killed while it reads a long list of subscribers and writes the run's ledger.</summary>
[Trait("Category", "Slow")]
public sealed class KilledImportTests(ITestOutputHelper output)
{
    [Fact]
    public Task Killed_wherever_it_is_in_an_import_each_subscriber_is_imported_and_sent_to_once() =>
        new Case(output).RunAsync();

    sealed class Case(ITestOutputHelper output) : KilledOffice(output)
    {
        const int Each = 150;
        const int MostTries = 20;

        /// <summary>How often each number stands in the list: reading it takes a while.</summary>
        const int Times = 1_500;

        /// <summary>Bytes of the run's ledger, at least; most of them are written once all is read.</summary>
        const long Written = 11_000_000;

        public async Task RunAsync()
        {
            await using var office = await OpenAsync(Each);
            await File.WriteAllLinesAsync(
                office.AudienceFile,
                Enumerable.Repeat(office.Numbers.Select(number => $"{number},Ea Bung"), Times)
                    .SelectMany(each => each)
                    .Prepend("Số điện thoại,Xã/phường"));
            var ledger = office.Data.Run(office.Key);
            var unfinished = new FileInfo(ledger + RunBuilder.UnfinishedSuffix);
            var chance = new Random(Seed);

            await KillImportAsync(office, "as its file appears", _ => IsThere(unfinished));
            for (var kill = 0; kill < 2; kill++)
            {
                var (share, from) = (0.8 * chance.NextDouble(), (Process: 0, Read: 0L));
                await KillImportAsync(office, $"as {share:P0} of the list are read", program =>
                {
                    if (!IsThere(unfinished))
                        return false;
                    if (from.Process != program.Id)
                        from = (program.Id, CountRead(program));
                    return CountRead(program) - from.Read >= share * new FileInfo(office.AudienceFile).Length;
                });
            }

            var size = chance.NextInt64(Written);
            await KillImportAsync(
                office, $"at {size} bytes", _ => IsThere(unfinished) && unfinished.Length >= size);
            await KillImportAsync(office, "as its ledger is whole", _ => File.Exists(ledger));
            Assert.Equal(5, Killed.Count);
            await office.ApproveAsync();
            Assert.False(IsThere(unfinished));
            Assert.Equal(
                office.Numbers.Count * (Times - 1), new LedgerFacts(ledger).Count("select count(*) from exclusion"));

            var sent = await office.RunAsync("send", office.CampaignFile);

            Assert.True(sent.ExitCode == 0, $"{sent}");
            await JudgeAsync(office);
            Assert.Equal("Every limit of every contract was kept.", await ProveAsync(office));
        }

        /// <summary>Where it was over before anybody looked, it begins anew.</summary>
        async Task KillImportAsync(Office office, string when, Func<ProgramUnderTest, bool> moment)
        {
            for (var left = MostTries; left > 0; left--)
            {
                if (await KillAsync(office, when, moment, "approve", office.CampaignFile, "--by", "Nguyễn Văn A"))
                    return;

                Directory.Delete(office.Data.Root, recursive: true);
            }

            Assert.Fail($"it was over each time: {when}");
        }

        /// <summary>Bytes that a process has read, as Linux counts them; 0 where it is gone.</summary>
        static long CountRead(ProgramUnderTest program)
        {
            try
            {
                const string first = "rchar: ";
                var line = File.ReadLines($"/proc/{program.Id}/io").First();
                return long.Parse(line[first.Length..], CultureInfo.InvariantCulture);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }

        static bool IsThere(FileInfo file)
        {
            file.Refresh();
            return file.Exists;
        }
    }
}
