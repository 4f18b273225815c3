//! Opening: one process a file, no newer version, a place that can be written; and what a full disk leaves.

use crate::{
    samples::note,
    stage::{acme, commit, event, nine, notes, options},
};
use jeda_core::{
    change::Change,
    decide::Decision,
    id::UserId,
    snapshot::{Need, Scope},
    standup,
};
use jeda_store::{Arrival, OpenError, Store, StoreError, testing::postgres_url};
use std::{
    env, fs,
    io::{BufRead, BufReader},
    os::unix::{
        fs::{MetadataExt, PermissionsExt, symlink},
        process::CommandExt,
    },
    path::Path,
    process::{Command, Stdio},
};

fn url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

fn jots(id: &str, text: &str) -> Decision {
    let changes = vec![Change::Standup(standup::Change::Note(note(id, "U1", text)))];
    Decision { changes, ..Decision::default() }
}

/// This test program again, as another process that runs one of the parts below.
fn another_process(program: &Path, part: &str, database: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["--exact", part, "--ignored", "--nocapture"]).env("JEDA_TEST_DATABASE", database);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

#[tokio::test]
#[ignore = "the other process of the test below"]
async fn holds_a_database() {
    let Some(path) = env::var_os("JEDA_TEST_DATABASE") else { return };
    let store = Store::open(options(&url(Path::new(&path)))).await.unwrap();
    commit(&store, &event("E1"), &jots("n1", "of the other process")).await;
    let mut batch = store.begin(&[acme()]).await.unwrap();
    batch.event().await.unwrap();
    batch.take(&event("E2"), nine()).await.unwrap();
    batch.apply(&acme(), &jots("n2", "in the middle of it")).await.unwrap();
    println!("\nholding");
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

#[tokio::test]
async fn a_second_process_on_one_file_is_told_so_until_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jeda.db");
    let program = env::current_exe().unwrap();
    let mut first = another_process(&program, "opening::holds_a_database", &path).spawn().unwrap();
    let words = BufReader::new(first.stdout.take().unwrap()).lines();
    assert!(words.map(Result::unwrap).any(|line| line == "holding"), "the first process has it");

    let linked = folder.path().join("linked.db");
    symlink(&path, &linked).unwrap();
    for name in [&path, &linked] {
        let refused = Store::open(options(&url(name))).await.unwrap_err();
        assert!(matches!(refused, OpenError::InUse { .. }), "{refused}");
        assert!(refused.to_string().contains("in use by another jeda process"));
    }
    // To look at it disturbs nobody.
    let beside = Store::open_to_read(options(&url(&path))).await.unwrap();
    assert_eq!(notes(&beside).await, ["of the other process"]);
    assert!(matches!(beside.keep("a", "b").await, Err(StoreError::NotWritable { .. })));
    beside.close().await;
    assert_eq!(Store::look(&url(&path)).await.unwrap(), "reachable, up to date (version 4)");

    // It dies in the middle of a batch.
    first.kill().unwrap();
    first.wait().unwrap();
    let store = Store::open(options(&url(&path))).await.unwrap();
    assert_eq!(notes(&store).await, ["of the other process"]);
    assert_eq!(commit(&store, &event("E2"), &Decision::default()).await, Arrival::New);
}

#[tokio::test]
async fn a_store_that_is_closed_leaves_its_file_to_others_though_copies_of_it_are_about() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not/there/yet/jeda.db");
    let store = Store::open(options(&url(&path))).await.unwrap();
    let copy = store.clone();
    let refused = Store::open(options(&url(&path))).await.unwrap_err();
    assert!(matches!(refused, OpenError::InUse { .. }), "{refused}");
    store.close().await;
    let next = Store::open(options(path.to_str().unwrap())).await.unwrap();
    assert!(matches!(copy.begin(&[acme()]).await, Err(StoreError::Database { .. })));
    next.close().await;
    assert!(!path.with_added_extension("wal").exists(), "all of it is in the file");
}

#[tokio::test]
async fn what_is_not_there_is_not_made_by_looking() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jeda.db");
    assert!(Store::look(&url(&path)).await.unwrap().contains("not there yet"));
    let missing = Store::open_to_read(options(&url(&path))).await.unwrap_err();
    assert!(missing.to_string().contains("`jeda run` makes it"), "{missing}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    fs::write(&path, "").unwrap();
    assert!(Store::look(&url(&path)).await.unwrap().contains("empty"));
    let old = Store::open_to_read(options(&url(&path))).await.unwrap_err();
    assert!(old.to_string().contains("`jeda migrate`"), "{old}");
}

#[tokio::test]
async fn what_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    let letter = "Dear team, ".repeat(1_000);
    fs::write(&path, &letter).unwrap();
    let refused = Store::open(options(&url(&path))).await.unwrap_err();
    assert!(matches!(refused, OpenError::Other(_)) && refused.to_string().contains("not a database"), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), letter);
}

#[tokio::test]
async fn a_database_from_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut urls = vec![url(&folder.path().join("jeda.db"))];
    urls.extend(postgres_url("newer"));
    for url in urls {
        Store::open(options(&url)).await.unwrap().close().await;
        let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                      VALUES (9999, 'of the future', TRUE, 'x', 1)";
        if url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
            sqlx::query(insert).execute(&pool).await.unwrap();
            pool.close().await;
        } else {
            let pool = sqlx::PgPool::connect(&url).await.unwrap();
            sqlx::query(insert).execute(&pool).await.unwrap();
            pool.close().await;
        }
        for refused in [
            Store::open(options(&url)).await.map(|_| ()).unwrap_err(),
            Store::open_to_read(options(&url)).await.map(|_| ()).unwrap_err(),
            Store::look(&url).await.map(|_| ()).unwrap_err(),
        ] {
            assert!(matches!(refused, OpenError::Newer { found: 9_999, known: 4 }), "{refused}");
        }
    }
}

/// Opens a database, and says what came of it.
#[tokio::test]
#[ignore = "the other process of the test below"]
async fn opens_a_database() {
    let Some(path) = env::var_os("JEDA_TEST_DATABASE") else { return };
    match Store::open(options(&url(Path::new(&path)))).await {
        Ok(_) => println!("\nopened"),
        Err(OpenError::NotWritable { path, why }) => println!("\nnot writable: {path}: {why}"),
        Err(error) => println!("\n{error:?}"),
    }
}

#[tokio::test]
async fn a_folder_or_a_file_that_is_read_only_is_told() {
    // Nothing is read-only to root, so root's tests become nobody, who may not write what root has made.
    let folder = tempfile::tempdir().unwrap();
    let root = fs::metadata(folder.path()).unwrap().uid() == 0;
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let program = folder.path().join("program");
    // By another process: a program that this one has open to write can't be run, and children inherit that.
    assert!(Command::new("cp").arg(env::current_exe().unwrap()).arg(&program).status().unwrap().success());
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let opens = |database: &Path| {
        let mut command = another_process(&program, "opening::opens_a_database", database);
        if root {
            command.uid(65_534).gid(65_534);
        }
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    let make = |name: &str, mode| {
        let made = folder.path().join(name);
        fs::create_dir(&made).unwrap();
        fs::set_permissions(&made, fs::Permissions::from_mode(mode)).unwrap();
        made
    };
    let shut = make("shut", 0o555);
    for name in ["jeda.db", "below/jeda.db"] {
        let told = opens(&shut.join(name));
        assert!(told.contains("not writable: ") && told.contains("denied"), "{told}");
    }
    assert_eq!(fs::read_dir(&shut).unwrap().count(), 0);

    let open = make("open", 0o777);
    let file = open.join("jeda.db");
    Store::open(options(&url(&file))).await.unwrap().close().await;
    fs::remove_file(file.with_added_extension("lock")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let told = opens(&file);
    assert!(told.contains("not writable: ") && told.contains("readonly"), "{told}");

    // A file stands where the folder should be: that stops root, too.
    let refused = Store::open(options(&url(&file.join("jeda.db")))).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotWritable { .. }), "{refused}");
    assert!(refused.to_string().contains("Give jeda a folder that it may write to"));
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jeda.db");
    let store = Store::open(options(&url(&path))).await.unwrap();
    commit(&store, &event("E0"), &jots("n0000", "before")).await;
    store.limit_pages(120).await.unwrap();
    let mut committed = 1;
    // Three events a batch, until one finds no room.
    let (n, failure) = 'full: loop {
        let mut batch = store.begin(&[acme()]).await.unwrap();
        for n in committed..committed + 3 {
            batch.event().await.unwrap();
            let taken = batch.take(&event(&format!("E{n}")), nine()).await.map(|_| ());
            let jotted = batch.apply(&acme(), &jots(&format!("n{n:04}"), &"x".repeat(2_000))).await;
            if let Err(failure) = taken.and(jotted) {
                // What came before it in the batch is gone, too, and nothing more can slip in.
                for refused in [
                    batch.undo().await,
                    batch.event().await.and(batch.take(&event("E9999"), nine()).await.map(|_| ())),
                    batch.load(&Scope { workspace: acme(), needs: [Need::Members].into() }).await.map(|_| ()),
                    batch.failed(&event("E9999"), "why", nine()).await,
                    batch.keep().await,
                    batch.commit().await,
                ] {
                    assert!(matches!(refused, Err(StoreError::NotWritable { .. })), "{refused:?}");
                }
                break 'full (n, failure);
            }
            batch.keep().await.unwrap();
        }
        batch.commit().await.unwrap();
        committed += 3;
        assert!(committed < 2_000, "the disk is full at some point");
    };
    assert!(matches!(failure, StoreError::NotWritable { .. }), "{failure}");
    assert!(failure.to_string().contains("full"), "{failure}");
    assert_eq!(notes(&store).await.len(), committed, "every batch that was committed, and nothing of the last");
    let full = store.keep("some", &"x".repeat(100_000)).await;
    assert!(matches!(full, Err(StoreError::NotWritable { .. })), "{full:?}");

    // Room again: the same events come once more, and what is committed now lasts.
    store.limit_pages(1_000_000).await.unwrap();
    drop(store.begin(&[acme()]).await.unwrap());
    assert_eq!(commit(&store, &event(&format!("E{n}")), &jots("n9999", "after")).await, Arrival::New);
    drop(store.begin(&[acme()]).await.unwrap());
    store.close().await;
    let store = Store::open(options(&url(&path))).await.unwrap();
    let all = notes(&store).await;
    assert_eq!((all.len(), all.first().unwrap().as_str()), (committed + 1, "before"));
    assert!(all.contains(&"after".to_owned()));
    assert_eq!(commit(&store, &event(&format!("E{n}")), &Decision::default()).await, Arrival::Again);
}

#[tokio::test]
async fn an_error_quotes_no_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jeda.db");
    let store = Store::open(options(&url(&path))).await.unwrap();
    store.close().await;
    let pool = sqlx::SqlitePool::connect(&url(&path)).await.unwrap();
    let body = r#"{"user": "secret words", "name": 7}"#;
    sqlx::query("INSERT INTO member VALUES ('slack:T1', 'U1', FALSE, TRUE, $1)")
        .bind(body)
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    let store = Store::open(options(&url(&path))).await.unwrap();
    let scope = Scope { workspace: acme(), needs: [Need::Member(UserId::new("U1"))].into() };
    let failure = store.load(&scope).await.unwrap_err();
    assert!(matches!(failure, StoreError::Corrupt { table: "member", .. }), "{failure}");
    assert!(!failure.to_string().contains("secret") && !format!("{failure:?}{store:?}").contains("secret"));
    // A reader that failed is no worse for the next.
    for _ in 0..10 {
        assert!(store.load(&scope).await.is_err());
        assert!(store.kept("x").await.unwrap().is_none());
    }
}
