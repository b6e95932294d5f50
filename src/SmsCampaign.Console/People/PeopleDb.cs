using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.People;

/// <summary>Who may sign in, with what, and who is signed in: a file of its own, so that nothing of the pages waits
/// for the ledger, nor the ledger for them.</summary>
public sealed class PeopleDb(DbContextOptions<PeopleDb> options, DataFolder data)
    : IdentityUserContext<Person>(options)
{
    public DbSet<Session> Sessions => Set<Session>();

    /// <summary>Where its tables are; null: they are a file of SQLite.</summary>
    internal PackageSchema? Package { get; } = data.PeopleSchema;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<DateTimeOffsetToBinaryConverter>();
        if (Package is not null)
            configurationBuilder.Properties<string>().HaveConversion<StorableText>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Session>().HasKey(session => session.Id);
        builder.Entity<Session>().HasIndex(session => session.PersonId);
        if (Package is null)
            return;

        builder.HasDefaultSchema(Package.Name);
        builder.Entity<SealingKey>();
        builder.Entity<Person>().Property(person => person.UserName).UseCollation("C"); // in the order that SQLite has
    }
}
