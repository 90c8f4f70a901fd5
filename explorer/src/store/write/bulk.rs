//! Many rows at once.

/// Rows of one statement. SQLite takes 32,766 values and PostgreSQL 65,535; the widest table has 31 columns.
pub(super) const ROWS: usize = 500;

/// Inserts rows, several a statement: `insert!(tx, "INSERT INTO t (a, b) ", &rows, |row, item| { row.push_bind(..); })`.
macro_rules! insert {
	($tx:expr, $into:expr, $rows:expr, |$row:ident, $item:ident| $bind:block) => {{
		for chunk in $rows.chunks($crate::store::write::bulk::ROWS) {
			match &mut *$tx {
				$crate::store::write::Tx::Sqlite(transaction) => {
					let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new($into);
					query.push_values(chunk, |mut $row, $item| $bind);
					query.build().execute(&mut **transaction).await?;
				}
				$crate::store::write::Tx::Postgres(transaction) => {
					let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new($into);
					query.push_values(chunk, |mut $row, $item| $bind);
					query.build().execute(&mut **transaction).await?;
				}
			}
		}
	}};
}
pub(super) use insert;
